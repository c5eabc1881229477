namespace OrderSagaFunctions.Inventory;

/// <summary>The stock of one item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record StockLine(string ItemId, long Quantity);
