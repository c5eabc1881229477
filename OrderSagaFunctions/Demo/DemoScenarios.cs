using System.Collections.Frozen;
using System.Text.Json.Serialization;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;

namespace OrderSagaFunctions.Demo;

/// <summary>An order that shows something.</summary>
/// <param name="Name">What it is called, for programs.</param>
/// <param name="Title">What it shows.</param>
/// <param name="OrderIdPrefix">What its id starts with; anything may follow that makes it unique.</param>
/// <param name="Order">All else of the order, as <c>POST /api/orders</c> takes it.</param>
public sealed record DemoScenario(string Name, string Title, string OrderIdPrefix, DemoOrder Order);

/// <summary>An order without its id.</summary>
/// <param name="CustomerId">A pseudonymous customer id.</param>
/// <param name="Items">What is ordered.</param>
public sealed record DemoOrder(
    [property: JsonPropertyName("customer_id")] string CustomerId,
    [property: JsonPropertyName("items")] IReadOnlyList<DemoItem> Items);

/// <summary>A line of an order.</summary>
/// <param name="ItemId">The stock item.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Description">What it is.</param>
/// <param name="UnitPrice">The price of one piece.</param>
public sealed record DemoItem(
    [property: JsonPropertyName("item_id")] string ItemId,
    [property: JsonPropertyName("qty")] long Quantity,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("unit_price")] decimal UnitPrice);

/// <summary>The orders that the demo offers. The items are those that its settings seed.</summary>
internal static class DemoScenarios
{
    private const string Success = "4-";

    private static readonly DemoItem Keyboard = new("sku-100", 1, "Wireless keyboard", 49.90m);
    private static readonly DemoItem Monitor = new("sku-200", 1, "27-inch monitor", 279.00m);
    private static readonly DemoItem Cables = new("sku-300", 2, "HDMI cable, 2 m", 8.50m);
    private static readonly DemoItem Desk = new("sku-400", 1, "Standing desk", 399.00m);

    /// <summary>All of them: the seven published scenarios, and what else an order can come to.</summary>
    public static IReadOnlyList<DemoScenario> All { get; } =
    [
        .. OrderScenarios.Faults.KeyPrefixes.Values.Order(StringComparer.Ordinal).Select(OfFault),
        new("success", "Everything succeeds", Success, Of(Keyboard, Monitor, Cables)),
        new("two-locations", "The items come from two locations, each by a saga of its own", Success, Of(Keyboard, Desk)),
        new("review", "The total is above the credit limit: a person decides", Success, Of(Monitor with { Quantity = 40 })),
    ];

    // The dash ends the prefix: whatever follows, 1 does not become 11.
    private static DemoScenario OfFault(string prefix) => new(prefix, TitleOf(prefix), $"{prefix}-", Of(Keyboard, Monitor, Cables));

    private static string TitleOf(string prefix)
    {
        string[] steps = [.. OrderScenarios.Faults.KeyPrefixes
            .Where(fault => prefix.StartsWith(fault.Value, StringComparison.Ordinal))
            .OrderBy(static fault => fault.Value, StringComparer.Ordinal)
            .Select(static fault => fault.Key)];
        return $"{string.Join(" and ", steps)} {(steps.Length == 1 ? "fails" : "fail")}";
    }

    private static DemoOrder Of(params DemoItem[] items) => new("customer-7f21", items);
}

/// <summary>The published scenarios, told apart by the first characters of the order's id.</summary>
internal static class OrderScenarios
{
    // The doubled digit fails the compensation of the step that the single digit fails: an id starting with 22 does both.
    public static readonly FaultScenarios Faults = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [OrderActivities.ProcessOrder] = "1",
        [OrderActivities.UpdateOrderStatus] = "11",
        [PaymentActivities.ProcessPayment] = "2",
        [PaymentActivities.ProcessRefund] = "22",
        [InventoryActivities.ReserveInventory] = "3",
        [InventoryActivities.ReleaseInventory] = "33",
    }.ToFrozenDictionary(StringComparer.Ordinal));
}
