using Sagas;

namespace OrderSagaFunctions.Orders;

/// <summary>An order with the sagas that it has had.</summary>
/// <param name="Order">The order.</param>
/// <param name="FirstInstanceId">The first one's instance.</param>
/// <param name="Recoveries">Each further one, in order.</param>
/// <param name="Reports">The stories of those that have ended by themselves.</param>
internal sealed record OrderRuns(
    StoredOrder Order, string FirstInstanceId, IReadOnlyList<StoredRecovery> Recoveries, IReadOnlyList<StoredReport> Reports)
{
    /// <summary>Every saga, in the order of their starts.</summary>
    public IReadOnlyList<StartedSaga> All { get; } =
    [
        new(FirstInstanceId, 1), .. Recoveries.Select(static recovery => new StartedSaga(recovery.Recovery.InstanceId, recovery.Recovery.Generation)),
    ];

    /// <summary>The story that a saga has written at its end, or null where it has written none.</summary>
    // The last saga of a generation is the one that has written its report, where there is one.
    public SagaReport? ReportOf(StartedSaga run) => All.Last(later => later.Generation == run.Generation) == run
        ? Reports.FirstOrDefault(report => report.Generation == run.Generation)?.Report
        : null;
}

/// <summary>One of the sagas that an order has had.</summary>
/// <param name="InstanceId">Its instance.</param>
/// <param name="Generation">Which saga of the order: one that goes on where another was stopped is of the same generation.</param>
internal sealed record StartedSaga(string InstanceId, int Generation);
