namespace OrderSagaFunctions.Orders;

/// <summary>One line of an order.</summary>
/// <param name="ItemId">The stock item.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Description">What the customer saw, where given.</param>
/// <param name="UnitPriceMinor">The price of one piece, in minor units of the order's currency.</param>
public sealed record OrderLine(string ItemId, long Quantity, string? Description, long UnitPriceMinor);
