using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Operations;

/// <summary>Puts together what the API tells of an order: all that is in its rows and, beside that, what its saga tells of itself.</summary>
internal static class OrderStory
{
    /// <summary>Tells an order's story.</summary>
    /// <param name="record">What the rows say.</param>
    /// <param name="instance">What the host knows, or null where it has forgotten the instance or not met it yet.</param>
    public static OrderView Tell(OrderRecord record, OrchestrationMetadata? instance)
    {
        var order = record.Order;
        // The stored report outlives the instance; until it is there, the custom status has the steps so far.
        var story = order.Report ?? SagaReport.Of(instance);
        return new OrderView(
            order.OrderId,
            order.CustomerId,
            order.Status,
            order.OrderDate,
            order.AcceptedAt,
            MoneyView.Of(order.Total),
            [.. order.Lines.Select(line => OrderItemView.Of(line, order.Total.Currency))],
            SagaView.Of(order.InstanceId, RuntimeStatus(order, instance), story, FindWaits(record, instance), ListIncidents(record, story)),
            FindReview(record, instance),
            record.Transactions,
            OrderDecisions.Of(record))
        {
            Shipments = order.Plan is null && record.Shipments.Count == 0
                ? null
                : [.. record.Shipments.Where(static shipment => shipment.BookedAt is not null)],
            Unreadable = record.Unreadable,
        };
    }

    internal static string RuntimeStatus(StoredOrder order, OrchestrationMetadata? instance) => RuntimeStatus(order, order.Report?.Outcome, instance);

    /// <summary>The status of one of an order's sagas.</summary>
    /// <param name="order">The order.</param>
    /// <param name="outcome">How that saga ended, as its report says; null where there is none.</param>
    /// <param name="instance">What the host knows of it; null where that is nothing.</param>
    internal static string RuntimeStatus(StoredOrder order, SagaOutcome? outcome, OrchestrationMetadata? instance) => (instance?.RuntimeStatus ?? outcome switch
    {
        SagaOutcome.Succeeded or SagaOutcome.Cancelled => OrchestrationRuntimeStatus.Completed,
        SagaOutcome.Failed => OrchestrationRuntimeStatus.Failed,
        _ when order.HasStoredNothing => OrchestrationRuntimeStatus.Pending,
        // Gone without having written its end: it was stopped from outside.
        _ => OrchestrationRuntimeStatus.Terminated,
    }).ToString();

    // A saga that was stopped in its wait leaves it undecided, and waits for nobody any more.
    private static List<ParkedState> FindWaits(OrderRecord record, OrchestrationMetadata? instance) => instance is { IsCompleted: false }
        ? [.. ParkStore.Latest(record.Waits).Where(wait => wait.IsOpenOf(record.Order.InstanceId)).Select(static wait => wait.ToState())]
        : [];

    private static ReviewView? FindReview(OrderRecord record, OrchestrationMetadata? instance) =>
        record.Reviews.LastOrDefault(review => review.Task.Generation == record.Order.Generation)?.View is { } view
            ? ReviewDesk.Show(view, isWaiting: instance is { IsCompleted: false } && !record.IsCancelled)
            : null;

    // The rows know what became of an incident; where they could not be written, the story still has it.
    private static IReadOnlyList<Incident> ListIncidents(OrderRecord record, SagaReport? story)
    {
        var told = (story?.Incidents ?? []).ToList();
        // Those opened in one turn bear one time: the story knows which came first.
        return
        [
            .. record.Incidents.OrderBy(row => row.OpenedAt).ThenBy(row => told.FindIndex(incident => incident.Id == row.Id)),
            .. told.ExceptBy(record.Incidents.Select(row => row.Id), incident => incident.Id),
        ];
    }
}
