using OrderSagaFunctions.Inventory;
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
public sealed class OrderAudit(OrderStore orders, PaymentLedger ledger, InventoryReader inventory, ShipmentStore shipments, IncidentStore incidents, CancelGate gates)
{
    // Each order costs a few reads that wait for the storage service, where there is one.
    private const int OrdersAtOnce = 4;

    /// <summary>Applies the rules to every order whose saga has ended.</summary>
    internal Task RunAsync(AuditTally tally, CancellationToken cancellation) => Parallel.ForEachAsync(
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
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return;
        }

        if (order.Report is not { Outcome: { } outcome } report)
        {
            await CheckUnendedAsync(order, tally, cancellation);
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
            [.. OrderRules.Check(trace), .. CompensationRules.Check(trace)]);
    }

    private async Task CheckUnendedAsync(StoredOrder order, AuditTally tally, CancellationToken cancellation)
    {
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        if (left.Any(incident => incident.Id == StoppedSagas.IncidentId(order.Generation, order.Recoveries) && StoppedSagas.SaysThatItIsStopped(incident)))
        {
            tally.AddStopped(left.Count(incident => incident.Status == IncidentStatus.Open));
        }
        else
        {
            tally.AddRunning();
        }
    }
}
