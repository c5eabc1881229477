using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Tests.EndToEnd;
using Sagas;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>Orders from several locations: a child saga each, which compensates itself, or is compensated before anything earlier is.</summary>
public sealed class FulfilmentTests
{
    private const string Forward = "ReserveInventory BookShipment";
    private const string Undone = "ReserveInventory BookShipment CancelShipment ReleaseInventory";
    private const string Backward = "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed";

    [Fact]
    public async Task Order_FromTwoLocations_ReservesAndShipsFromEach()
    {
        var (order, inventory, audit) = await RunAsync(App(), Order("two"));

        Assert.Equal("ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", string.Join(' ', order.Path));
        Assert.Equal(($"Succeeded: {Forward}", $"Succeeded: {Forward}"), (order.Child(North), order.Child(South)));
        Assert.Equal("north:Booked south:Booked", order.Shipments());
        Assert.Equal("north-1=2 south-1=1 south-2=1", Reserved(inventory));
        Assert.Equal(
            ["north:north-1", "south:south-1 south-2"],
            order.Json.GetProperty("transactions").EnumerateArray().Where(row => row.GetProperty("type").GetString() == "Reserve")
                .Select(row => $"{row.GetProperty("location")}:{string.Join(' ', row.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("itemId")))}")
                .Order(StringComparer.Ordinal));
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
    }

    [Fact]
    public async Task Order_FromOneLocation_TakesThePlainRoad()
    {
        var (order, _, _) = await RunAsync(App(), EndToEnd.Orders.Json("one", ("south-1", 1, 5m), ("south-2", 1, 1m)));

        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.False(order.Saga.TryGetProperty("children", out _));
        Assert.False(order.Json.TryGetProperty("shipments", out _));
    }

    [Fact]
    public async Task Child_Refused_CompensatesItselfAndItsSiblingBeforeTheMoneyGoesBack()
    {
        var (order, inventory, audit) = await RunAsync(App(), Order("short", fromTheSouth: 11));

        Assert.Equal(Backward, string.Join(' ', order.Path));
        Assert.Equal(($"Failed: {Undone}", "Failed: ReserveInventory ReleaseInventory"), (order.Child(North), order.Child(South)));
        Assert.StartsWith("south: OutOfStock", order.Step("ReserveInventory").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("north:Cancelled", order.Shipments());
        Assert.Equal("", Reserved(inventory));
        Assert.Empty(order.Incidents);
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
        var refund = order.Step("ProcessRefund").GetProperty("startedAt").GetDateTimeOffset();
        Assert.All(
            order.Saga.GetProperty("children").EnumerateArray().SelectMany(child => child.GetProperty("steps").EnumerateArray()),
            step => Assert.True(step.GetProperty("endedAt").GetDateTimeOffset() <= refund, $"{step}"));
    }

    [Theory]
    [InlineData(CompensationPolicy.Continue, Backward)]
    [InlineData(CompensationPolicy.Stop, "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory OrderFailed")]
    public async Task CompensationOfAChild_Fails_IsAnIncidentOfItsLocation(CompensationPolicy policy, string path)
    {
        var fault = new Fault(ShipmentActivities.CancelShipment, FaultKind.Throw);
        var (order, inventory, audit) = await RunAsync(App([fault], ("Saga__OnCompensationFailure", policy.ToString())), Order("stays", fromTheSouth: 11));

        Assert.Equal(path, string.Join(' ', order.Path));
        var incidents = order.Incidents.Select(incident => incident.GetProperty("id").GetString()).Order(StringComparer.Ordinal);
        string[] expected = policy == CompensationPolicy.Stop
            ? ["CancelShipment-north-1", "ProcessRefund-1", "ReleaseInventory-north-1", "UpdateOrderStatus-1"]
            : ["CancelShipment-north-1"];
        Assert.Equal(expected, incidents);
        Assert.Equal("north:Booked", order.Shipments());
        Assert.Equal(policy == CompensationPolicy.Stop ? "north-1=2" : "", Reserved(inventory));
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
    }

    [Fact]
    public async Task Child_StoppedFromOutside_IsCompensatedByItsParent()
    {
        var stuck = new Fault(ShipmentActivities.BookShipment, FaultKind.Hang) { InputContains = South, Attempt = 1 };
        await using var host = await DurableTestHost.StartAsync(App([stuck], ("Saga__AttemptTimeout", "00:10:00")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("cut"));
        var child = await shop.UntilAsync("cut", order => order.Saga.TryGetProperty("children", out var children)
            ? children.EnumerateArray().Single(one => one.GetProperty("scope").GetString() == South).GetProperty("instanceId").GetString()
            : null);

        await host.Client.TerminateInstanceAsync(child);
        var order = await shop.EndOfAsync("cut");

        Assert.Equal(Backward, string.Join(' ', order.Path));
        Assert.Equal($"Failed: {Undone}", order.Child(North));
        Assert.Equal("Failed: CancelShipment ReleaseInventory", order.Child(South));
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        var audit = await shop.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
    }

    [Fact]
    public async Task Status_HundredLinesOnFourLocationsAllFailing_StaysUnder16Kilobytes()
    {
        var items = Enumerable.Range(0, 100).Select(static i => (Item: $"item-{i}", Location: $"warehouse-number-{i % 4}")).ToList();
        var wordy = () => new IOException(new string('w', 5000));
        Fault[] faults =
        [
            new(ShipmentActivities.BookShipment, FaultKind.Throw) { Error = wordy, InputContains = "warehouse-number-3" },
            new(ShipmentActivities.CancelShipment, FaultKind.Throw) { Error = wordy },
            new(InventoryActivities.ReleaseInventory, FaultKind.Throw) { Error = wordy },
            new(PaymentActivities.ProcessRefund, FaultKind.Throw) { Error = wordy },
        ];
        var app = App(
            faults,
            ("Saga__OnCompensationFailure", "Continue"),
            ("Inventory__Seed", string.Join(',', items.Select(static item => $"{item.Item}=5@{item.Location}"))));
        await using var host = await DurableTestHost.StartAsync(app);
        var shop = new LocationShop(host);

        await shop.SubmitAsync(EndToEnd.Orders.Json("long", [.. items.Select(static item => (item.Item, 1, 1m))]));
        var order = await shop.EndOfAsync("long");

        var status = (await host.Client.GetInstanceAsync("long", getInputsAndOutputs: true))!.SerializedCustomStatus!;
        Assert.InRange(status.Length * sizeof(char), 1, 16 * 1024);
        Assert.Equal(4, JsonDocument.Parse(status).RootElement.GetProperty("children").GetArrayLength());
        Assert.Equal(9, order.Incidents.Count);
        var audit = await shop.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
    }

    [Fact]
    public async Task Order_FromTooManyLocations_IsRefusedAndLeavesNothing()
    {
        var items = Enumerable.Range(0, 17).Select(static i => (Item: $"item-{i}", Location: $"place-{i}")).ToList();
        var (order, inventory, audit) = await RunAsync(
            App(settings: ("Inventory__Seed", string.Join(',', items.Select(static item => $"{item.Item}=5@{item.Location}")))),
            EndToEnd.Orders.Json("scattered", [.. items.Select(static item => (item.Item, 1, 1m))]));

        Assert.Equal("ProcessOrder UpdateOrderStatus OrderFailed", string.Join(' ', order.Path));
        Assert.StartsWith("TooManyLocations: ", order.Step("ProcessOrder").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("", Reserved(inventory));
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
    }

    private static async Task<(ShownOrder Order, JsonElement Inventory, JsonElement Audit)> RunAsync(DurableTestHostOptions app, string json)
    {
        await using var host = await DurableTestHost.StartAsync(app);
        var shop = new LocationShop(host);
        var orderId = await shop.SubmitAsync(json);
        var order = await shop.EndOfAsync(orderId);
        return (order, await shop.ReadAsync("/api/inventory"), await shop.ReadAsync("/api/audit"));
    }
}
