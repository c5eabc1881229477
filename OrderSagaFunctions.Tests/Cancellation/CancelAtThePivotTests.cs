using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Cancellation;

/// <summary>A cancel that comes while the saga tries to pass its pivot, and nobody knows whether it has.</summary>
public sealed class CancelAtThePivotTests
{
    [Theory]
    [InlineData(FaultKind.Throw, HttpStatusCode.Accepted, "OrderCancelled")]
    [InlineData(FaultKind.ActThenFail, HttpStatusCode.Conflict, "OrderSucceeded")]
    public async Task Cancel_PivotFailsForGood_TheGateDecides(FaultKind kind, HttpStatusCode expected, string end)
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Faults = [new Fault(NotificationActivities.NotifySuccess, kind)] });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("pivot"));
        await host.RunUntilIdleAsync();

        var answer = await shop.PostAsync("/api/orders/pivot/cancel");
        var order = await shop.EndOfAsync("pivot");

        Assert.Equal((expected, end), (answer, order.Path[^1]));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Theory]
    [InlineData(FaultKind.Throw, "open")]
    [InlineData(FaultKind.ActThenFail, "none")]
    public async Task Pivot_FailsForGoodAndNobodyCancels_TellsTheCustomerInTheEnd(FaultKind kind, string incident)
    {
        await using var host = await DurableTestHost.StartAsync(
            OrderRun.App with { Faults = [new Fault(NotificationActivities.NotifySuccess, kind) { InstanceId = "untold" }] });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("untold"));
        var order = await shop.EndOfAsync("untold");

        if (incident == "open")
        {
            Assert.True(order.Saga.GetProperty("compensationIncomplete").GetBoolean());
            Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/incidents/untold/NotifySuccess-1/retry"));
            await host.RunUntilIdleAsync();
        }

        var told = (await shop.ReadAsync("/api/orders/untold/timeline")).GetProperty("entries").EnumerateArray()
            .Where(static entry => entry.GetProperty("kind").GetString() == "Notification").Select(static entry => entry.GetProperty("name").GetString());
        Assert.Equal(["ordersaga.order.succeeded"], told);
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.All((await shop.ViewAsync("untold")).Incidents, static one => Assert.Equal("Closed", one.GetProperty("status").GetString()));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
