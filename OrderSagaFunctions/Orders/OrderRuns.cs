namespace OrderSagaFunctions.Orders;

/// <summary>An order with the sagas that it has had.</summary>
/// <param name="Order">The order.</param>
/// <param name="FirstInstanceId">The first one's instance.</param>
/// <param name="Recoveries">Each further one, in order.</param>
/// <param name="Reports">The stories of those that have ended by themselves.</param>
internal sealed record OrderRuns(
    StoredOrder Order, string FirstInstanceId, IReadOnlyList<StoredRecovery> Recoveries, IReadOnlyList<StoredReport> Reports);
