namespace OrderSagaFunctions.Inventory;

/// <summary>An item's stock as the API shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces are there to be reserved.</param>
/// <param name="Reserved">How many pieces are reserved for orders.</param>
/// <param name="Location">Where they are.</param>
public sealed record StockView(string ItemId, long Quantity, long Reserved, string Location);
