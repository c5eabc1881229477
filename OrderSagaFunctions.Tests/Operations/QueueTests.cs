using System.Text.Json;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>What waits for somebody, over HTTP.</summary>
public sealed class QueueTests
{
    private const string Approval = """{"approved":true,"reviewer":"ada"}""";

    [Fact]
    public async Task Reviews_SomeDecidedSomeOver_ListsTheWaitingOnesByDeadline()
    {
        await using var shop = await Shop.OpenAsync();
        foreach (var orderId in (string[])["z-first", "decided", "cancelled", "stopped", "b-second", "a-third"])
        {
            await shop.SendToReviewAsync(orderId);
            await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        _ = await shop.PostAsync("/api/orders/decided/review", Approval);
        _ = await shop.PostAsync("/api/orders/cancelled/cancel");
        _ = await shop.Host.WaitForCompletionAsync("cancelled");
        await shop.TerminateAsync("stopped");

        var pages = await OrdersApiTests.PagesAsync(shop, "/api/reviews?top=2", static page => Ids(page, "reviews"));
        var first = (await shop.GetAsync("/api/reviews?top=1")).GetProperty("reviews")[0];

        Assert.Equal(["z-first b-second", "a-third"], pages);
        Assert.Equal("CheckCredit", first.GetProperty("flags")[0].GetProperty("check").GetString());
        Assert.Equal(TimeSpan.FromDays(1), first.GetProperty("deadline").GetDateTimeOffset() - first.GetProperty("requestedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Incidents_ByStatus_ListsThePages()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("33-a", "22-b");
        _ = await shop.PostAsync("/api/incidents/33-a/UpdateOrderStatus-1/close", """{"by":"ada","reason":"Set by hand."}""");

        var open = await OrdersApiTests.PagesAsync(shop, "/api/incidents?top=3", IncidentIds);
        var closed = await OrdersApiTests.PagesAsync(shop, "/api/incidents?status=closed", IncidentIds);
        var all = await OrdersApiTests.PagesAsync(shop, "/api/incidents?status=all", IncidentIds);

        Assert.Equal(["22-b/ProcessRefund-1 22-b/UpdateOrderStatus-1 33-a/ProcessRefund-1", "33-a/ReleaseInventory-1"], open);
        Assert.Equal(["33-a/UpdateOrderStatus-1"], closed);
        Assert.Equal(5, all.Single().Split(' ').Length);
    }

    [Fact]
    public async Task Stuck_SagasWithoutProgress_ListsThemWithWhatTheyWaitFor()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@parked"));
        await shop.CompleteAsync("good");
        await shop.SendToReviewAsync("in-review");
        await shop.ParkAsync("parked");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(11));
        await shop.SendToReviewAsync("fresh");

        var stuck = await OrdersApiTests.PagesAsync(shop, "/api/orders/stuck?longerThan=PT10M&top=1", static page => page.GetProperty("sagas").ToString());
        var none = await shop.GetAsync("/api/orders/stuck?longerThan=PT1H");

        Assert.Collection(
            stuck.Select(static page => JsonDocument.Parse(page).RootElement.EnumerateArray().Single()),
            static saga => Assert.Equal(("in-review", "Review", "Reviewer"), Describe(saga)),
            static saga => Assert.Equal(("parked", "ReserveInventory", "Operator"), Describe(saga)));
        Assert.Empty(none.GetProperty("sagas").EnumerateArray());
    }

    [Fact]
    public async Task Stuck_SagaStoppedFromOutside_IsListedUntilItsOrderIsTakenUp()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("stopped");
        await shop.TerminateAsync("stopped");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(("stopped", "Review", "Terminated", null), await OnlyAsync());

        _ = await shop.PostAsync("/api/reconcile");
        Assert.Equal(("stopped", "Review", "Terminated", "Operator"), await OnlyAsync());

        _ = await shop.Host.Client.PurgeInstanceAsync("stopped");
        Assert.Equal(("stopped", null, null, "Operator"), await OnlyAsync());

        _ = await shop.PostAsync("/api/orders/stopped/recover");
        Assert.Empty((await shop.GetAsync("/api/orders/stuck")).GetProperty("sagas").EnumerateArray());

        async Task<(string?, string?, string?, string?)> OnlyAsync()
        {
            var saga = (await shop.GetAsync("/api/orders/stuck")).GetProperty("sagas").EnumerateArray().Single();
            return (Text("orderId"), Text("state"), Text("runtimeStatus"), Text("waitsFor"));

            string? Text(string name) => saga.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
    }

    private static string Ids(JsonElement page, string list) =>
        string.Join(' ', page.GetProperty(list).EnumerateArray().Select(static entry => entry.GetProperty("orderId").GetString()));

    private static string IncidentIds(JsonElement page) => string.Join(' ', page.GetProperty("incidents").EnumerateArray()
        .Select(static entry => $"{entry.GetProperty("orderId").GetString()}/{entry.GetProperty("incident").GetProperty("id").GetString()}"));

    private static (string? OrderId, string? State, string? WaitsFor) Describe(JsonElement saga) =>
        (saga.GetProperty("orderId").GetString(), saga.GetProperty("state").GetString(), saga.GetProperty("waitsFor").GetString());
}
