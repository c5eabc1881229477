using System.Globalization;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>Tells all that happened to an order, each table its own part.</summary>
public sealed class Timeline(
    OrderStore orders,
    PaymentLedger payments,
    InventoryReader inventory,
    ReviewStore reviews,
    ParkStore parking,
    CancelGate gates,
    NoticeReader notices,
    IncidentStore incidents)
{
    /// <summary>Tells it in the order in which it happened, or returns null where there is no such order.</summary>
    public async Task<TimelineView?> TellAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        if (await orders.FindRunsAsync(orderId, cancellation) is not { } runs)
        {
            return null;
        }

        // What follows upon each other stands together.
        IEnumerable<IEnumerable<TimelineEntry>> sequences =
        [
            .. await SagaTimeline.ReadAsync(client, runs, cancellation),
            .. (await reviews.ReadAsync(orderId, cancellation)).Select(Show),
            .. (await parking.ReadAsync(orderId, cancellation)).Select(Show),
            .. (await gates.ReadAsync(orderId, cancellation)).Select(gate => new[] { Show(gate) }),
            .. (await ReadTransactionsAsync(runs.Order, cancellation)).Select(transaction => new[] { Show(transaction) }),
            .. (await incidents.ReadAsync(orderId, cancellation)).Select(Show),
            .. (await notices.ReadAsync(orderId, cancellation))
                .Select(notice => new[] { new TimelineEntry(notice.At, TimelineKind.Notification, notice.Type) }),
        ];
        return new TimelineView(
            orderId,
            [.. sequences.SelectMany(sequence => Place(sequence, runs.Order.AcceptedAt)).OrderBy(placed => placed.At).ThenBy(placed => placed.Entry.Kind).Select(placed => placed.Entry)]);
    }

    // Where the clock was set back in between, what came later keeps its place behind what came before.
    private static IEnumerable<(DateTimeOffset At, TimelineEntry Entry)> Place(IEnumerable<TimelineEntry> sequence, DateTimeOffset first)
    {
        var at = first;
        foreach (var entry in sequence)
        {
            at = entry.At > at ? entry.At : at;
            yield return (at, entry);
        }
    }

    private async Task<IEnumerable<OrderTransaction>> ReadTransactionsAsync(StoredOrder order, CancellationToken cancellation)
    {
        var transactions = await payments.ReadAsync(order.OrderId, cancellation);
        for (var generation = 1; generation <= order.Generation; generation++)
        {
            transactions = transactions.Concat(await inventory.ReadAsync(StockRequest.Of(order.OrderId, generation, order.Lines), cancellation));
        }

        return transactions;
    }

    private static IEnumerable<TimelineEntry> Show(ReviewView review)
    {
        yield return new TimelineEntry(review.RequestedAt, TimelineKind.ReviewRequested, string.Join(", ", review.Flags.Select(flag => flag.Check)));
        if (review.Decision is { } decision)
        {
            yield return new TimelineEntry(decision.At, TimelineKind.ReviewDecided, review.Status)
            {
                By = decision.Reviewer,
                Detail = decision.Comment,
            };
        }
    }

    private static IEnumerable<TimelineEntry> Show(ParkedWait wait)
    {
        yield return new TimelineEntry(wait.Since, TimelineKind.Parked, wait.Task.State) { Location = wait.Task.Scope, Detail = wait.Task.Error };
        if (wait is { Decision: { } decision, DecidedAt: { } at })
        {
            yield return new TimelineEntry(at, TimelineKind.ParkDecided, decision.ToString()) { Location = wait.Task.Scope, By = wait.DecidedBy };
        }
    }

    private static TimelineEntry Show(HeldGate gate) => gate.IsCancel
        ? new TimelineEntry(gate.At, TimelineKind.Cancelled, nameof(SagaOutcome.Cancelled)) { By = gate.By }
        : new TimelineEntry(gate.At, TimelineKind.Committed, OrderStates.NotifySuccess);

    private static TimelineEntry Show(OrderTransaction transaction) => new(transaction.At, TimelineKind.Transaction, transaction.Type.ToString())
    {
        Location = transaction.Location,
        Detail = transaction.Items is { } items
            ? string.Join(", ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} {item.ItemId}")))
            : string.Create(CultureInfo.InvariantCulture, $"{transaction.Amount} {transaction.Currency}"),
    };

    private static IEnumerable<TimelineEntry> Show(Incident incident)
    {
        yield return new TimelineEntry(incident.OpenedAt, TimelineKind.IncidentOpened, incident.Id) { Location = incident.Scope, Detail = incident.Error };
        if (incident.ClosedAt is { } at)
        {
            yield return new TimelineEntry(at, TimelineKind.IncidentClosed, incident.Id) { Location = incident.Scope, By = incident.ClosedBy, Detail = incident.Resolution };
        }
    }
}
