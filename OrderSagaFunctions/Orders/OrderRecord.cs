using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Shipments;

namespace OrderSagaFunctions.Orders;

/// <summary>All that the rows say of an order. Its page and its timeline show this, and add only what its running saga tells.</summary>
/// <param name="Runs">The order and its sagas.</param>
/// <param name="Transactions">What it has moved, in the order of time.</param>
/// <param name="Shipments">Its shipments, tombstones included.</param>
/// <param name="Reviews">Its reviews.</param>
/// <param name="Waits">Each wait for an operator, in the order they came.</param>
/// <param name="Gates">The gates of its sagas that are held.</param>
/// <param name="Incidents">Its incidents, in the order of time.</param>
internal sealed record OrderRecord(
    OrderRuns Runs,
    IReadOnlyList<OrderTransaction> Transactions,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<StoredReview> Reviews,
    IReadOnlyList<ParkedWait> Waits,
    IReadOnlyList<HeldGate> Gates,
    IReadOnlyList<Incident> Incidents)
{
    /// <summary>The order.</summary>
    public StoredOrder Order => Runs.Order;

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
        if (await orders.FindRunsAsync(orderId, cancellation) is not { } runs)
        {
            return null;
        }

        var transactions = ReadTransactionsAsync(runs.Order, cancellation);
        var shipped = shipments.ReadAsync(orderId, cancellation);
        var reviewed = reviews.ReadAsync(orderId, cancellation);
        var waits = parking.ReadAsync(orderId, cancellation);
        var held = gates.ReadAsync(orderId, cancellation);
        var left = incidents.ReadAsync(orderId, cancellation);
        return new OrderRecord(runs, await transactions, await shipped, await reviewed, await waits, await held, await left);
    }

    private async Task<IReadOnlyList<OrderTransaction>> ReadTransactionsAsync(StoredOrder order, CancellationToken cancellation)
    {
        var money = payments.ReadAsync(order.OrderId, cancellation);
        var stock = await Task.WhenAll(Enumerable.Range(1, order.Generation).Select(
            generation => inventory.ReadAsync(StockRequest.Of(order.OrderId, generation, order.Lines), cancellation)));
        return
        [
            .. (await money).Concat(stock.SelectMany(static movements => movements))
                .OrderBy(transaction => transaction.At).ThenBy(transaction => transaction.Type),
        ];
    }
}
