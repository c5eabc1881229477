using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Orders as JSON, as callers write them.</summary>
internal static class Orders
{
    /// <summary>An order of lines (item, quantity, unit price).</summary>
    public static string Json(string orderId, params (string Item, int Quantity, decimal Price)[] lines) => JsonSerializer.Serialize(new
    {
        order_id = orderId,
        order_date = "2026-03-14T09:26:53+00:00",
        customer_id = "customer-7f21",
        items = lines.Select(static line => new { item_id = line.Item, qty = line.Quantity, description = "Item", unit_price = line.Price }),
    });

    /// <summary>An order that no check flags.</summary>
    public static string Plain(string orderId) => Json(orderId, ("sku-100", 1, 49.90m), ("sku-200", 1, 279.00m), ("sku-300", 2, 8.50m));

    /// <summary>An order above the credit limit, so that a person has to look at it.</summary>
    public static string Flagged(string orderId) => Json(orderId, ("sku-200", 2, 9_000m));
}
