using System.Globalization;
using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;
using Sagas.Http;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>Tells all that happened to an order, each table its own part.</summary>
public sealed class Timeline(OrderRecords records, NoticeReader notices)
{
    /// <summary>Tells it in the order in which it happened, or returns null where there is no such order.</summary>
    public async Task<TimelineView?> TellAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        if (await records.FindAsync(orderId, cancellation) is not { } record)
        {
            return null;
        }

        var unreadable = new UnreadableRows();
        // What follows upon each other stands together.
        IEnumerable<IEnumerable<TimelineEntry>> sequences =
        [
            .. record.Runs is { } runs ? await SagaTimeline.ReadAsync(client, runs, cancellation) : [],
            .. OrderDecisions.Of(record).Select(static decision => new[] { decision }),
            record.Reviews.Select(Show),
            record.Waits.Select(Show),
            .. record.Gates.Where(static gate => gate.Holder == GateHolder.Pivot).Select(static gate => new[] { Show(gate) }),
            .. record.Transactions.Select(static transaction => new[] { Show(transaction) }),
            .. record.Shipments.Select(Show),
            .. record.Incidents.Select(static incident => new[] { Show(incident) }),
            .. (await unreadable.SkipAsync(() => notices.ReadAsync(orderId, cancellation)) ?? [])
                .Select(static notice => new[] { new TimelineEntry(notice.At, TimelineKind.Notification, notice.Type) }),
        ];
        var first = record.Runs?.Order.AcceptedAt ?? DateTimeOffset.MinValue;
        return new TimelineView(
            orderId,
            [.. sequences.SelectMany(sequence => Place(sequence, first)).OrderBy(placed => placed.At).ThenBy(placed => placed.Entry.Kind).Select(placed => placed.Entry)])
        {
            Unreadable = (record.Unreadable, unreadable.Found) is (null, var found) ? found : [.. record.Unreadable, .. unreadable.Found ?? []],
        };
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

    private static TimelineEntry Show(StoredReview review) => new(
        review.View.RequestedAt, TimelineKind.ReviewRequested, string.Join(", ", review.View.Flags.Select(flag => flag.Check)));

    private static TimelineEntry Show(ParkedWait wait) => new(wait.Since, TimelineKind.Parked, wait.Task.State) { Location = wait.Task.Scope, Detail = wait.Task.Error };

    private static TimelineEntry Show(HeldGate gate) => new(gate.Note.At, TimelineKind.Committed, NotificationActivities.NotifySuccess);

    private static TimelineEntry Show(OrderTransaction transaction) => new(transaction.At, TimelineKind.Transaction, transaction.Type.ToString())
    {
        Location = transaction.Location,
        Detail = transaction.Items is { } items ? Show(items) : string.Create(CultureInfo.InvariantCulture, $"{transaction.Amount} {transaction.Currency}"),
    };

    private static IEnumerable<TimelineEntry> Show(Shipment shipment)
    {
        foreach (var (state, time) in ((ShipmentState, DateTimeOffset?)[])[(ShipmentState.Booked, shipment.BookedAt), (ShipmentState.Cancelled, shipment.CancelledAt)])
        {
            if (time is { } at)
            {
                yield return new TimelineEntry(at, TimelineKind.Shipment, state.ToString()) { Location = shipment.Location, Detail = Show(shipment.Items) };
            }
        }
    }

    private static string Show(IEnumerable<TransactionItem> items) =>
        string.Join(", ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} {item.ItemId}")));

    private static TimelineEntry Show(Incident incident) => new(incident.OpenedAt, TimelineKind.IncidentOpened, incident.Id) { Location = incident.Scope, Detail = incident.Error };
}

/// <summary>An order's timeline over HTTP.</summary>
public sealed class TimelineApi(Timeline timeline)
{
    /// <summary>Tells all that happened to an order, in the order of time.</summary>
    [Function("GetOrderTimeline")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders/{orderId}/timeline")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await timeline.TellAsync(client, orderId, cancellation) is { } told
                ? await request.AnswerAsync(HttpStatusCode.OK, told)
                : await request.OrderNotFoundAsync(orderId);
}

/// <summary>All that happened to an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Entries">What happened, in the order of time.</param>
public sealed record TimelineView(string OrderId, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>The rows because of which something is left out; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
