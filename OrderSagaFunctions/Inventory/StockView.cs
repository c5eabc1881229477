namespace OrderSagaFunctions.Inventory;

/// <summary>An item's stock as the API shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces are there to be reserved.</param>
/// <param name="Reserved">How many pieces are reserved for orders.</param>
/// <param name="Location">Where they are.</param>
public sealed record StockView(string ItemId, long Quantity, long Reserved, string Location);

/// <summary>The two sides of an item's account.</summary>
/// <param name="OnHand">Pieces there to be reserved.</param>
/// <param name="Reserved">Pieces reserved, as the stock row says.</param>
/// <param name="PutIn">Pieces put in by people, less those they took out.</param>
/// <param name="HeldByOrders">The sum of the orders' reservations.</param>
internal sealed record StockCount(long OnHand, long Reserved, long PutIn, long HeldByOrders);
