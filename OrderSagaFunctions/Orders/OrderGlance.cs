using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>As much of an order as a look at all of them takes.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">The saga that was started for it last.</param>
/// <param name="Generation">Which saga of the order the rest is about.</param>
/// <param name="Recoveries">How often it was taken up again after its saga had failed.</param>
/// <param name="Outcome">How that saga ended, or null where it has not.</param>
internal sealed record OrderGlance(string OrderId, string InstanceId, int Generation, int Recoveries, SagaOutcome? Outcome);
