using System.Net;
using System.Text;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>Stock that is somewhere else when an order is taken up again.</summary>
public sealed class MovedStockTests
{
    [Fact]
    public async Task Recover_ItsPlanIsMadeAnewAndItFails_CancelsTheShipmentsOfThatPlan()
    {
        await using var host = await DurableTestHost.StartAsync(App(
            [new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { InputContains = North }], ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("moved"));
        Assert.Equal("OrderFailed", (await shop.EndOfAsync("moved")).Path[^1]);
        using var stock = new StringContent("""{"quantity": 10, "location": "west"}""", Encoding.UTF8, "application/json");
        using var put = await host.HttpClient.PutAsync(new Uri("/api/inventory/south-1", UriKind.Relative), stock);
        // As a recovery leaves it that was cut off before it had started anything.
        Assert.True(await host.Services.GetRequiredService<OrderStore>().TryRecoverAsync("moved", new OrderRecovery(1, "moved-recovery-1", 2), new OperatorNote("ada", ""), default));

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/moved/recover"));
        _ = await host.WaitForCompletionAsync("moved-recovery-1");
        var order = await shop.ViewAsync("moved");

        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Contains("west:Cancelled", order.Shipments(), StringComparison.Ordinal);
        Assert.DoesNotContain("Booked", order.Shipments(), StringComparison.Ordinal);
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
