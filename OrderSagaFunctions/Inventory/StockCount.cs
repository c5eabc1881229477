namespace OrderSagaFunctions.Inventory;

/// <summary>The two sides of an item's account.</summary>
/// <param name="OnHand">Pieces there to be reserved.</param>
/// <param name="Reserved">Pieces reserved, as the stock row says.</param>
/// <param name="PutIn">Pieces put in by people, less those they took out.</param>
/// <param name="HeldByOrders">The sum of the orders' reservations.</param>
internal sealed record StockCount(long OnHand, long Reserved, long PutIn, long HeldByOrders);
