namespace OrderSagaFunctions.Orders;

/// <summary>An order's line as the API shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Qty">How many pieces.</param>
/// <param name="Description">What the customer saw, where given.</param>
/// <param name="UnitPrice">The price of one piece, in major units of the order's currency.</param>
public sealed record OrderItemView(string ItemId, long Qty, string? Description, decimal UnitPrice)
{
    /// <summary>Shows a line.</summary>
    public static OrderItemView Of(OrderLine line, string currency) =>
        new(line.ItemId, line.Quantity, line.Description, new Money(line.UnitPriceMinor, currency).Amount);
}
