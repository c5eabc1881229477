using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>All that the rows say of an order. Its page and its timeline show this, and add only what its running saga tells.</summary>
/// <param name="Runs">The order and its sagas; null where its own rows cannot be read.</param>
/// <param name="Transactions">What it has moved, in the order of time.</param>
/// <param name="Shipments">Its shipments, tombstones included.</param>
/// <param name="Reviews">Its reviews.</param>
/// <param name="Waits">Each wait for an operator, in the order they came.</param>
/// <param name="Gates">The gates of its sagas that are held.</param>
/// <param name="Incidents">Its incidents, in the order of time.</param>
/// <param name="Unreadable">The rows because of which something of this is left out; null where there are none.</param>
internal sealed record OrderRecord(
    OrderRuns? Runs,
    IReadOnlyList<OrderTransaction> Transactions,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<StoredReview> Reviews,
    IReadOnlyList<ParkedWait> Waits,
    IReadOnlyList<HeldGate> Gates,
    IReadOnlyList<Incident> Incidents,
    IReadOnlyList<UnreadableRow>? Unreadable)
{
    /// <summary>The order.</summary>
    /// <exception cref="UnreadableRowException">Its own rows cannot be read.</exception>
    public StoredOrder Order => Runs?.Order ?? throw new UnreadableRowException(Unreadable![0]);

    /// <summary>Whether the cancel of its latest saga was granted.</summary>
    public bool IsCancelled => Gates.Any(gate => gate.IsCancel && gate.Generation == Order.Generation);
}

/// <summary>Reads orders' rows: the same ones whatever an order's saga tells, and whatever the settings are today.</summary>
public sealed class OrderRecords(
    OrderStore orders,
    PaymentLedger payments,
    InventoryReader inventory,
    ShipmentStore shipments,
    ReviewStore reviews,
    ParkStore parking,
    CancelGate gates,
    IncidentStore incidents)
{
    /// <summary>Reads an order, or returns null where it was never accepted.</summary>
    internal async Task<OrderRecord?> FindAsync(string orderId, CancellationToken cancellation)
    {
        // Before the others: a saga's report is its last row, so that what is read after it is what the saga has left.
        var unreadable = new UnreadableRows();
        var runs = await unreadable.SkipAsync(() => orders.FindRunsAsync(orderId, cancellation));
        if (runs is null && unreadable.Found is null)
        {
            return null;
        }

        var transactions = ReadTransactionsAsync(orderId, runs?.Order, unreadable, cancellation);
        var shipped = unreadable.SkipAsync(() => shipments.ReadAsync(orderId, cancellation));
        var reviewed = unreadable.SkipAsync(() => reviews.ReadAsync(orderId, cancellation));
        var waits = unreadable.SkipAsync(() => parking.ReadAsync(orderId, cancellation));
        var held = unreadable.SkipAsync(() => gates.ReadAsync(orderId, cancellation));
        var left = unreadable.SkipAsync(() => incidents.ReadAsync(orderId, cancellation));
        return new OrderRecord(
            runs, await transactions, await shipped ?? [], await reviewed ?? [], await waits ?? [], await held ?? [], await left ?? [], unreadable.Found);
    }

    // Which stock it has moved only its lines tell.
    private async Task<IReadOnlyList<OrderTransaction>> ReadTransactionsAsync(
        string orderId, StoredOrder? order, UnreadableRows unreadable, CancellationToken cancellation)
    {
        var money = unreadable.SkipAsync<IEnumerable<OrderTransaction>>(async () => (await payments.ReadAsync(orderId, cancellation)).ToList());
        var stock = await Task.WhenAll(Enumerable.Range(1, order?.Generation ?? 0).Select(
            generation => unreadable.SkipAsync<IEnumerable<OrderTransaction>>(
                async () => (await inventory.ReadAsync(StockRequest.Of(orderId, generation, order!.Lines), cancellation)).ToList())));
        return
        [
            .. (await money ?? []).Concat(stock.SelectMany(static movements => movements ?? []))
                .OrderBy(transaction => transaction.At).ThenBy(transaction => transaction.Type),
        ];
    }
}
