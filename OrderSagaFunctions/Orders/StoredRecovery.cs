using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.Orders;

/// <summary>A recovery as it was written down.</summary>
/// <param name="Recovery">The recovery.</param>
/// <param name="Note">Who asked for it, why and when.</param>
internal sealed record StoredRecovery(Recovery Recovery, StoredNote Note);
