using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Inventory;

/// <summary>The input of ReserveInventory and of its compensation ReleaseInventory.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Lines">The stock it takes, each item once.</param>
public sealed record StockRequest(string OrderId, int Generation, IReadOnlyList<StockLine> Lines)
{
    /// <summary>The stock an order takes: an item on two of its lines is taken once, in one piece.</summary>
    public static StockRequest Of(string orderId, int generation, IEnumerable<OrderLine> lines) => new(
        orderId,
        generation,
        [.. lines
            .GroupBy(line => line.ItemId, StringComparer.Ordinal)
            .Select(item => new StockLine(item.Key, item.Sum(line => line.Quantity)))]);
}
