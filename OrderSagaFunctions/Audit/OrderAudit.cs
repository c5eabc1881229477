using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Audit;

/// <summary>Audits the orders one by one, from their rows alone.</summary>
public sealed class OrderAudit(
    OrderStore orders, OrderIndex index, IndexRules rules, PaymentLedger ledger, InventoryReader inventory, ShipmentStore shipments, IncidentStore incidents, CancelGate gates)
{
    // Each order costs a few reads that wait for the storage service, where there is one.
    private const int OrdersAtOnce = 4;

    /// <summary>Applies the rules to every order whose saga has ended.</summary>
    internal async Task RunAsync(AuditTally tally, CancellationToken cancellation)
    {
        var unreadable = new UnreadableRows();
        var before = await index.CountAsync(unreadable, cancellation);
        await CheckOrdersAsync(tally, cancellation);
        // The counts are those of the orders that were looked at only if nothing has begun or ended meanwhile.
        if (before.IsSameAs(await index.CountAsync(unreadable, cancellation)))
        {
            tally.AddCounts(before.Ended);
        }
    }

    private Task CheckOrdersAsync(AuditTally tally, CancellationToken cancellation) => Parallel.ForEachAsync(
        orders.ListIdsAsync(cancellation),
        new ParallelOptions { MaxDegreeOfParallelism = OrdersAtOnce, CancellationToken = cancellation },
        async (orderId, token) =>
        {
            try
            {
                await CheckAsync(orderId, tally, token);
            }
            catch (UnreadableRowException unreadable)
            {
                tally.AddUnreadable(AuditFinding.Of(unreadable.Row, orderId, itemId: null));
            }
        });

    private async Task CheckAsync(string orderId, AuditTally tally, CancellationToken cancellation)
    {
        // The report is a saga's last row: whatever is read after it is what the saga has left.
        if (await orders.InspectAsync(orderId, cancellation) is not var (order, glance))
        {
            return;
        }

        var indexed = await rules.CheckAsync(glance, cancellation);
        if (order.Report is not { Outcome: { } outcome } report)
        {
            await CheckUnendedAsync(order, indexed, tally, cancellation);
            return;
        }

        var trace = new OrderTrace(
            order,
            report,
            await ledger.ReadRowsAsync(orderId, cancellation),
            await inventory.ReadReservationsAsync(StockRequest.Of(orderId, order.Generation, order.Lines), cancellation),
            order.Plan is null ? [] : await shipments.ReadAsync(orderId, cancellation),
            await incidents.ReadAsync(orderId, cancellation),
            (await gates.FindAsync(order.Id, cancellation))?.Holder);
        tally.AddEnded(
            outcome,
            trace.Incidents.Count(incident => incident.Status == IncidentStatus.Open),
            [.. OrderRules.Check(trace), .. CompensationRules.Check(trace), .. indexed]);
    }

    private async Task CheckUnendedAsync(StoredOrder order, IReadOnlyList<AuditFinding> indexed, AuditTally tally, CancellationToken cancellation)
    {
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        if (left.Any(incident => incident.Id == StoppedSagas.IncidentId(order.Generation, order.Recoveries) && StoppedSagas.SaysThatItIsStopped(incident)))
        {
            tally.AddStopped(left.Count(incident => incident.Status == IncidentStatus.Open), indexed);
        }
        else
        {
            tally.AddRunning(indexed);
        }
    }
}
