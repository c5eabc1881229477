namespace OrderSagaFunctions.Orders;

/// <summary>The stock of one item that a transaction moved.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record TransactionItem(string ItemId, long Quantity);
