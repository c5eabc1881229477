using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>What a reconciliation has found.</summary>
/// <param name="Unended">Orders looked at: those whose saga has not written its end.</param>
/// <param name="Opened">Sagas found stopped, each with an incident of its own now.</param>
/// <param name="Closed">Incidents of stopped sagas that go on, or have ended, since.</param>
/// <param name="Reported">Sagas that had ended, and of which only the end was not written down; it is now.</param>
public sealed record ReconcileReport(int Unended, int Opened, int Closed, int Reported)
{
    /// <summary>The rows because of which orders were left alone; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
