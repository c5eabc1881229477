using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>A saga's story as it was written down.</summary>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Report">Its story.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record StoredReport(int Generation, SagaReport Report, DateTimeOffset EndedAt);
