using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Shipments;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>An order is cancelled while its children run.</summary>
public sealed class CancelledChildTests
{
    [Fact]
    public async Task Cancel_JustBeforeAChildBeginsToWait_IsNotWaitedOut()
    {
        await using var host = await DurableTestHost.StartAsync(App(
            [new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { InputContains = South }], ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "2")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("soon"));
        // The child is between its two attempts: nothing moves the time here.
        await host.RunUntilIdleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/soon/cancel"));
        var order = await shop.EndOfAsync("soon");

        Assert.Equal("OrderCancelled", order.Path[^1]);
        Assert.True(host.Clock.Elapsed < TimeSpan.FromHours(1), $"It has waited {host.Clock.Elapsed}.");
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
