using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>The app with stock at two locations, and what becomes of an order for both.</summary>
internal static class TwoLocations
{
    public const string North = "north";
    public const string South = "south";

    /// <summary>An order of two pieces from the north and one from the south.</summary>
    public static string Order(string orderId, int fromTheSouth = 1) =>
        EndToEnd.Orders.Json(orderId, ("north-1", 2, 10m), ("south-1", fromTheSouth, 5m), ("south-2", 1, 1m));

    /// <summary>The app, with the given faults and settings.</summary>
    public static DurableTestHostOptions App(IReadOnlyList<Fault>? faults = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__FaultInjection"] = "true",
            ["Saga__OnCompensationFailure"] = "Stop",
            ["Inventory__Seed"] = "north-1=10@north,south-1=10@south,south-2=10@south,plain-1=10",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new DurableTestHostOptions
        {
            App = typeof(OrderSaga).Assembly,
            Settings = all,
            Faults = faults ?? [],
            OutsideTime = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>An activity that fails whenever it is tried for one location.</summary>
    public static Fault Always(string activity) => new(activity, FaultKind.Throw);

    /// <summary>What became of a location's saga: its outcome and its states.</summary>
    public static string Child(this ShownOrder order, string location)
    {
        var child = order.Saga.GetProperty("children").EnumerateArray().Single(one => one.GetProperty("scope").GetString() == location);
        var states = child.GetProperty("steps").EnumerateArray().Select(static step => step.GetProperty("name").GetString());
        return $"{(child.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : "Unknown")}: {string.Join(' ', states)}";
    }

    /// <summary>The order's shipments: location and state.</summary>
    public static string Shipments(this ShownOrder order) => string.Join(' ', order.Json.GetProperty("shipments").EnumerateArray()
        .Select(static shipment => $"{shipment.GetProperty("location")}:{shipment.GetProperty("state")}"));

    /// <summary>Pieces reserved, by item.</summary>
    public static string Reserved(JsonElement inventory) => string.Join(' ', inventory.EnumerateArray()
        .Where(static item => item.GetProperty("reserved").GetInt64() > 0)
        .Select(static item => $"{item.GetProperty("itemId")}={item.GetProperty("reserved")}"));
}
