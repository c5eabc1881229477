namespace OrderSagaFunctions.Orders;

/// <summary>The sagas that an order has had.</summary>
/// <param name="InstanceId">The first one's instance.</param>
/// <param name="AcceptedAt">When the order was accepted.</param>
/// <param name="Recoveries">Each further one, in order.</param>
/// <param name="Reports">The stories of those that have ended by themselves.</param>
internal sealed record OrderRuns(
    string InstanceId, DateTimeOffset AcceptedAt, IReadOnlyList<StoredRecovery> Recoveries, IReadOnlyList<StoredReport> Reports);
