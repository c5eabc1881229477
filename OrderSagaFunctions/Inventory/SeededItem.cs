namespace OrderSagaFunctions.Inventory;

/// <summary>An item that an empty installation starts with.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Location">Where they are; null for the default location.</param>
public sealed record SeededItem(string ItemId, long Quantity, string? Location);
