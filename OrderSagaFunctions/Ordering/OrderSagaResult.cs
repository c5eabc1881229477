using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Ordering;

/// <summary>The output of an order saga that succeeded or was cancelled. The story is in its custom status and with the order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record OrderSagaResult(string OrderId, SagaOutcome Outcome);
