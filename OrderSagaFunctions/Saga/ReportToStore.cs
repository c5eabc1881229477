namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaActivities.StoreReport"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Report">Its whole story.</param>
public sealed record ReportToStore(string OrderId, int Generation, SagaReport Report);
