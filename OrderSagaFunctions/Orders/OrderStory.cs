using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Shipments;

namespace OrderSagaFunctions.Orders;

/// <summary>Puts together what the API tells of an order, reading no more than the order has come to.</summary>
public sealed class OrderStory(
    PaymentLedger payments,
    InventoryReader inventory,
    ReviewDesk reviews,
    ShipmentStore shipments,
    ParkStore parking,
    IncidentStore incidents,
    IOptions<NotificationOptions> notifications)
{
    /// <summary>Tells an order's story.</summary>
    /// <param name="order">What the tables know.</param>
    /// <param name="instance">What the host knows, or null where it has forgotten the instance or not met it yet.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<OrderView> TellAsync(StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation)
    {
        // The stored report outlives the instance; until it is there, the custom status has the story so far.
        var story = order.Report ?? ReadCustomStatus(instance);
        var path = story?.Path ?? [];
        var hasIncidents = notifications.Value.IsDelivering
            || path.Any(OrderSteps.Definition.IsFailureNotice)
            || (story is { Outcome: SagaOutcome.Succeeded } && !story.HasDone(OrderStates.NotifySuccess, scope: null))
            || story?.Children is not null
            || order.Recoveries > 0
            || (story?.Outcome is null && instance is not { IsCompleted: false });
        return new OrderView(
            order.OrderId,
            order.CustomerId,
            order.Status,
            order.OrderDate,
            order.AcceptedAt,
            MoneyView.Of(order.Total),
            [.. order.Lines.Select(line => OrderItemView.Of(line, order.Total.Currency))],
            SagaView.Of(
                order.InstanceId,
                RuntimeStatus(order, instance),
                story,
                await FindWaitingChildAsync(order, instance, cancellation),
                hasIncidents ? await ReadIncidentsAsync(order, story, cancellation) : []),
            path.Contains(OrderStates.Review) ? await reviews.FindAsync(order, instance, cancellation) : null,
            await ReadTransactionsAsync(order, path, cancellation))
        {
            Shipments = order.Plan is null ? null : [.. (await shipments.ReadAsync(order.OrderId, cancellation)).Where(static shipment => shipment.BookedAt is not null)],
        };
    }

    // What a child waits for is not in its parent's custom status.
    private async Task<ParkedState?> FindWaitingChildAsync(StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        order.Plan is not null && instance is { IsCompleted: false }
            ? (await parking.ReadLatestAsync(order.OrderId, cancellation)).FirstOrDefault(static wait => wait is { Decision: null, Task.Scope: not null })?.ToState()
            : null;

    private async Task<IReadOnlyList<OrderTransaction>> ReadTransactionsAsync(
        StoredOrder order, IReadOnlyList<string> path, CancellationToken cancellation)
    {
        IEnumerable<OrderTransaction> transactions = [];
        if (order.Recoveries > 0 || path.Contains(OrderStates.ProcessPayment))
        {
            transactions = await payments.ReadAsync(order.OrderId, cancellation);
        }

        if (order.Recoveries > 0 || path.Contains(OrderStates.ReserveInventory))
        {
            for (var generation = 1; generation <= order.Generation; generation++)
            {
                var stock = StockRequest.Of(order.OrderId, generation, order.Lines);
                transactions = transactions.Concat(await inventory.ReadAsync(stock, cancellation));
            }
        }

        return [.. transactions.OrderBy(transaction => transaction.At).ThenBy(transaction => transaction.Type)];
    }

    // The rows know what became of an incident; where they could not be written, the story still has it.
    private async Task<IReadOnlyList<Incident>> ReadIncidentsAsync(StoredOrder order, SagaReport? story, CancellationToken cancellation)
    {
        var rows = await incidents.ReadAsync(order.OrderId, cancellation);
        var told = (story?.Incidents ?? []).ToList();
        // Those opened in one turn bear one time: the story knows which came first.
        return
        [
            .. rows.OrderBy(row => row.OpenedAt).ThenBy(row => told.FindIndex(incident => incident.Id == row.Id)),
            .. told.ExceptBy(rows.Select(row => row.Id), incident => incident.Id),
        ];
    }

    internal static SagaReport? ReadCustomStatus(OrchestrationMetadata? instance) => instance?.SerializedCustomStatus is { } status
        ? JsonSerializer.Deserialize(status, AppJson.TypeOf<SagaReport>())
        : null;

    internal static string RuntimeStatus(StoredOrder order, OrchestrationMetadata? instance)
    {
        if (instance is not null)
        {
            return instance.RuntimeStatus.ToString();
        }

        // Purged: how it ended is what its report says. Without a report, its submission has not been scheduled yet.
        return (order.Report?.Outcome switch
        {
            SagaOutcome.Succeeded or SagaOutcome.Cancelled => OrchestrationRuntimeStatus.Completed,
            SagaOutcome.Failed => OrchestrationRuntimeStatus.Failed,
            _ => OrchestrationRuntimeStatus.Pending,
        }).ToString();
    }
}
