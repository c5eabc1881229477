using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>A cancel that was granted holds, also where the saga is stopped before it is through with it.</summary>
public sealed class RecoveredCancelTests
{
    private const string Approval = """{"approved":true,"reviewer":"ada"}""";

    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.ActThenFail)]
    public async Task Recover_StoppedOnItsWayBackFromACancel_DoesNotPlaceTheOrderAgain(FaultKind kind)
    {
        await using var host = await StartAsync(new Fault(OrderActivities.UpdateOrderStatus, kind) { InstanceId = "left" });
        var shop = new LocationShop(host);
        await StopCancelledAsync(host, shop, "left");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/left/recover"));
        await host.RunUntilIdleAsync();
        _ = await shop.PostAsync("/api/orders/left/review", Approval);
        _ = await host.WaitForCompletionAsync("left-recovery-1");
        var order = await shop.ViewAsync("left");

        Assert.Equal(("OrderCancelled", "Pending", 0), (order.Path[^1], order.Status, order.Transactions.Count));
        Assert.True(host.Clock.Elapsed < TimeSpan.FromHours(1), $"It has waited {host.Clock.Elapsed}.");
    }

    [Fact]
    public async Task Recover_CancelledAndOnlyItsReportIsMissing_WritesThatItWas()
    {
        await using var host = await StartAsync(new Fault(OrderActivities.StoreReport, FaultKind.Hang) { InstanceId = "unwritten" });
        var shop = new LocationShop(host);
        await StopCancelledAsync(host, shop, "unwritten");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/unwritten/recover"));
        _ = await host.WaitForCompletionAsync("unwritten-recovery-1");

        Assert.Equal("OrderCancelled", (await shop.ViewAsync("unwritten")).Path[^1]);
    }

    private static Task<DurableTestHost> StartAsync(params Fault[] faults) => DurableTestHost.StartAsync(TwoLocations.App(faults));

    private static async Task StopCancelledAsync(DurableTestHost host, LocationShop shop, string orderId)
    {
        await shop.SubmitAsync(EndToEnd.Orders.Json(orderId, ("plain-1", 1, 20_000m)));
        await host.RunUntilIdleAsync();
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync($"/api/orders/{orderId}/cancel"));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync(orderId);
        _ = await host.WaitForCompletionAsync(orderId);
    }
}
