using OrderSagaFunctions.Tests.EndToEnd.Engines;
using OrderSagaFunctions.Tests.Fulfilment;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Orders from two locations, whose sagas are children of the order's.</summary>
public abstract class FulfilmentEndToEndTests(AppProcess app)
{
    internal const string Stock = "sku-100=1000,sku-200=1000,sku-300=1000,north-1=10@north,south-1=10@south,south-2=10@south";

    [Fact]
    public async Task Order_FromTwoLocations_ReservesAndShipsFromEach()
    {
        _ = await app.Orders.SubmitAsync(Order("locations"));

        var order = await app.Orders.EndOfAsync("locations");

        const string Forward = "Succeeded: ReserveInventory BookShipment";
        Assert.Equal("ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", string.Join(' ', order.Path));
        Assert.Equal((Forward, Forward), (order.Child(North), order.Child(South)));
        Assert.Equal("north:Booked south:Booked", order.Shipments());
    }

    [Fact]
    public async Task Child_Refused_CompensatesItselfAndItsSiblingBeforeTheMoneyGoesBack()
    {
        _ = await app.Orders.SubmitAsync(Order("locations-short", fromTheSouth: 11));

        var order = await app.Orders.EndOfAsync("locations-short");

        Assert.Equal(
            "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", string.Join(' ', order.Path));
        Assert.Equal(
            ("Failed: ReserveInventory BookShipment CancelShipment ReleaseInventory", "Failed: ReserveInventory ReleaseInventory"),
            (order.Child(North), order.Child(South)));
        Assert.Equal("north:Cancelled", order.Shipments());
        Assert.Empty(order.Incidents);
        var audit = await app.Orders.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }
}

/// <summary>The demo with stock at two locations.</summary>
public sealed class LocationHost() : AppFixture<Embedded>(("Inventory__Seed", FulfilmentEndToEndTests.Stock));

/// <inheritdoc />
public sealed class EmbeddedFulfilmentTests(LocationHost host) : FulfilmentEndToEndTests(host.App), IClassFixture<LocationHost>;

/// <inheritdoc />
[Collection(AzureStorageHost.Name)]
public sealed class AzureStorageFulfilmentTests(AzureStorageHost host) : FulfilmentEndToEndTests(host.App);
