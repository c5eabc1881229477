using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Fulfilment;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Cancellation;

/// <summary>A cancel that was granted comes true, and stands however often it is asked for.</summary>
public sealed class CancelAgainTests
{
    [Fact]
    public async Task Cancel_RepeatedAfterTheEnd_IsAnsweredWithTheFirstNote()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("twice");

        var first = await shop.PostAsync("/api/orders/twice/cancel", """{"by":"ada","reason":"ordered twice"}""");
        _ = await shop.Host.WaitForCompletionAsync("twice");
        var second = await shop.PostAsync("/api/orders/twice/cancel", """{"by":"bob","reason":"too dear"}""");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, second.Status));
        Assert.Equal("ada ordered twice", string.Join(' ', second.Body.GetProperty("cancelled").GetProperty("by"), second.Body.GetProperty("cancelled").GetProperty("reason")));
        Assert.Equal(first.Body.GetRawText(), second.Body.GetRawText());
        Assert.Equal("OrderCancelled", new ShownOrder(await shop.GetAsync("/api/orders/twice")).Path[^1]);
    }

    /// <summary>The saga waits for its next try of a compensation, or of its last activity of all.</summary>
    [Theory]
    [InlineData(PaymentActivities.ProcessRefund, FaultKind.Throw)]
    [InlineData(OrderActivities.StoreReport, FaultKind.Throw)]
    [InlineData(OrderActivities.StoreReport, FaultKind.ActThenFail)]
    public async Task Cancel_WhileItGoesBack_IsGrantedAndComesTrueOrRefused(string activity, FaultKind kind)
    {
        await using var host = await DurableTestHost.StartAsync(
            OrderRun.App with { Faults = [new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw), new Fault(activity, kind) { Attempt = 1 }] });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("back"));
        await host.RunUntilAsync(async () => (await host.HistoryAsync("back")).Activities.Any(run => run.Name == activity), "the first try");

        var answer = await shop.PostAsync("/api/orders/back/cancel", """{"by":"ada"}""");
        var order = await shop.EndOfAsync("back");
        var again = await shop.PostAsync("/api/orders/back/cancel");

        var isGranted = kind == FaultKind.Throw;
        Assert.Equal(
            isGranted ? (HttpStatusCode.Accepted, "OrderCancelled", "Completed", HttpStatusCode.Accepted) : (HttpStatusCode.Conflict, "OrderFailed", "Failed", HttpStatusCode.Conflict),
            (answer, order.Path[^1], order.RuntimeStatus, again));
        Assert.Equal(isGranted, order.Json.GetProperty("decisions").EnumerateArray().Any(static one => one.GetProperty("kind").GetString() == "Cancelled"));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Reconcile_CancelledWhileItsReportCouldNotBeWritten_WritesThatItWas()
    {
        await using var host = await DurableTestHost.StartAsync(
            OrderRun.App with { Faults = [new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw), new Fault(OrderActivities.StoreReport, FaultKind.Throw)] });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("unwritten"));
        await host.RunUntilAsync(async () => (await host.HistoryAsync("unwritten")).Activities.Any(static run => run.Name == OrderActivities.StoreReport), "the first try");
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/unwritten/cancel"));
        _ = await host.WaitForCompletionAsync("unwritten");

        Assert.Equal(HttpStatusCode.OK, await shop.PostAsync("/api/reconcile"));

        Assert.Equal("OrderCancelled", (await shop.ViewAsync("unwritten")).Path[^1]);
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
