using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Claims;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Recovery;

/// <summary>
/// Finds the sagas that no longer run and have not written their end: terminated, purged, or failed where their own code
/// could not catch it. Nobody compensates those, so each becomes an incident. Those that have not begun it starts.
/// </summary>
public sealed class Reconciler(
    OrderStore orders,
    OrderIndex index,
    OrderEnds ends,
    PaymentLedger payments,
    InventoryReader inventory,
    ShipmentStore shipments,
    IncidentStore incidents,
    StoppedSagas stopped,
    ClaimFinisher claims,
    TimeProvider time,
    ILogger<Reconciler> logger)
{
    /// <summary>Looks at every order without an end, as the index has them; repeating it changes nothing.</summary>
    public async Task<ReconcileReport> RunAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await claims.FinishAsync(client, cancellation);
        var unreadable = new UnreadableRows();
        var report = new ReconcileReport(0, 0, await CloseResumedAsync(client, unreadable, cancellation), 0);
        var counts = await index.ReadAsync(unreadable, cancellation);
        await index.FoldAsync(counts, cancellation);
        await foreach (var (entry, glance) in index.ListAsync(counts, unreadable, cancellation))
        {
            if (glance.Outcome is not null)
            {
                // Its last activity was cut off, or the entry is of a call that was.
                await index.SettleAsync(entry, glance, cancellation);
            }
            else if (await unreadable.SkipAsync(() => orders.FindAsync(glance.OrderId, cancellation)) is { Report: null } order)
            {
                report = report with { Unended = report.Unended + 1 };
                report = await unreadable.SkipAsync(() => LookAtAsync(client, order, report, cancellation)) ?? report;
            }
        }

        return report with { Unreadable = unreadable.Found };
    }

    private async Task<ReconcileReport> LookAtAsync(
        DurableTaskClient client, StoredOrder order, ReconcileReport report, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: true, cancellation);
        if (!await stopped.IsStoppedAsync(order, instance, cancellation))
        {
            return report;
        }

        var story = SagaReport.Of(instance);
        if (story is { Outcome: not null })
        {
            await StoreEndAsync(new ReportToStore(order.OrderId, order.Generation, story), cancellation);
            return report with { Reported = report.Reported + 1 };
        }

        var incident = new Incident(
            StoppedSagas.IncidentId(order.Generation, order.Recoveries), StoppedSagas.Cause, await DescribeAsync(order, instance, story, cancellation), time.GetUtcNow());
        var input = JsonSerializer.SerializeToElement(order.InstanceId, AppJson.TypeOf<string>());
        if (!await incidents.OpenAsync(order.OrderId, new IncidentToOpen(incident, input), cancellation))
        {
            return report;
        }

        logger.LogWarning("Order {OrderId}: {Incident}", order.OrderId, incident.Error);
        // A recovery that came in between has looked for the incident before it was there.
        var closed = await CloseIfResumedAsync(client, order.OrderId, cancellation);
        return report with { Opened = report.Opened + 1, Closed = report.Closed + closed };
    }

    private async Task StoreEndAsync(ReportToStore ended, CancellationToken cancellation)
    {
        if ((await ends.StoreAsync(ended, cancellation)).Refusal is not null)
        {
            var cancelled = ended.Report with { Outcome = SagaOutcome.Cancelled, Path = [.. ended.Report.Path.SkipLast(1), OrderStates.OrderCancelled] };
            _ = await ends.StoreAsync(ended with { Report = cancelled }, cancellation);
        }
    }

    private async Task<string> DescribeAsync(
        StoredOrder order, OrchestrationMetadata? instance, SagaReport? story, CancellationToken cancellation)
    {
        var total = string.Create(CultureInfo.InvariantCulture, $"{order.Total.Amount} {order.Total.Currency}");
        var money = await payments.StateOfAsync(order.OrderId, order.Generation, cancellation) switch
        {
            LedgerState.Debited => total,
            // The ledger knows what was heard of; an attempt may have taken it unheard.
            LedgerState.Untouched when order.Total.Minor > 0 && HasTriedToDebit(story) => $"perhaps {total}",
            _ => null,
        };
        var reservations = await inventory.ReadReservationsAsync(StockRequest.Of(order.OrderId, order.Generation, order.Lines), cancellation);
        var pieces = reservations.Where(reservation => reservation.State == ReservationState.Reserved).Sum(reservation => reservation.Quantity);
        var stock = pieces > 0 ? string.Create(CultureInfo.InvariantCulture, $"{pieces} pieces of stock") : null;
        var booked = (await shipments.ReadAsync(order.OrderId, cancellation)).Count(shipment =>
            shipment.State == ShipmentState.Booked && shipment.Generation == order.Generation);
        var parcels = booked > 0 ? string.Create(CultureInfo.InvariantCulture, $"{booked} shipments") : null;
        var held = string.Join(" and ", ((string?[])[money, stock, parcels]).OfType<string>());
        return $"The saga stopped before its end: instance '{order.InstanceId}' is {instance?.RuntimeStatus.ToString() ?? "gone"}. "
            + $"Held: {(held.Length > 0 ? held : "nothing")}.";
    }

    private static bool HasTriedToDebit(SagaReport? story) =>
        story is not null && story.Steps.Any(static step => step.Name == PaymentActivities.ProcessPayment && step.Outcome != StepOutcome.Refused);

    private async Task<int> CloseResumedAsync(DurableTaskClient client, UnreadableRows unreadable, CancellationToken cancellation)
    {
        var closed = 0;
        await foreach (var orderId in incidents.ListOrderIdsAsync(PartitionRange.All, cancellation))
        {
            closed += await unreadable.SkipAsync<object>(async () => await CloseIfResumedAsync(client, orderId, cancellation)) as int? ?? 0;
        }

        return closed;
    }

    private async Task<int> CloseIfResumedAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return 0;
        }

        var redone = order.Report is { } report ? await stopped.CloseRedoneAsync(orderId, order.Generation, report, cancellation) : 0;
        return order.Report is not null || !await stopped.IsStoppedAsync(order, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation)
            ? redone + await stopped.CloseAsync(orderId, "The saga goes on, or has ended.", by: string.Empty, cancellation)
            : redone;
    }
}
