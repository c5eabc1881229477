using System.Net;
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

    [Theory]
    [InlineData("/api/orders?status=Gone", "status")]
    [InlineData("/api/orders?status=1", "status")]
    [InlineData("/api/orders?outcome=", "outcome")]
    [InlineData("/api/orders?customer=a%20b", "customer")]
    [InlineData("/api/orders?from=yesterday", "from")]
    [InlineData("/api/orders?to=tomorrow", "to")]
    [InlineData("/api/orders?flagged=perhaps", "flagged")]
    [InlineData("/api/orders?parked=1", "parked")]
    [InlineData("/api/orders?incident=no", "incident")]
    [InlineData("/api/orders?top=0", "top")]
    [InlineData("/api/orders?continuationToken=%25", "continuationToken")]
    [InlineData("/api/orders?custmer=x", "custmer")]
    [InlineData("/api/orders/counts?status=New", "status")]
    [InlineData("/api/orders/stuck?longerThan=10", "longerThan")]
    [InlineData("/api/orders/stuck?longerThan=P100000D", "longerThan")]
    [InlineData("/api/orders/stuck?top=501", "top")]
    [InlineData("/api/reviews?top=many", "top")]
    [InlineData("/api/reviews?continuationToken=YXxi", "continuationToken")]
    [InlineData("/api/incidents?status=New", "status")]
    [InlineData("/api/incidents?continuationToken=YQ", "continuationToken")]
    public async Task Get_BadParameter_IsNamed(string path, string field)
    {
        await using var shop = await Shop.OpenAsync();

        var (status, problem) = await shop.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("counts")]
    [InlineData("Stuck")]
    public async Task Submit_OrderWhoseAddressIsTaken_IsRefused(string orderId)
    {
        await using var shop = await Shop.OpenAsync();

        var (status, problem) = await shop.PostAsync("/api/orders", EndToEnd.Orders.Plain(orderId));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("order_id", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private static string Ids(JsonElement page, string list) =>
        string.Join(' ', page.GetProperty(list).EnumerateArray().Select(static entry => entry.GetProperty("orderId").GetString()));

    private static string IncidentIds(JsonElement page) => string.Join(' ', page.GetProperty("incidents").EnumerateArray()
        .Select(static entry => $"{entry.GetProperty("orderId").GetString()}/{entry.GetProperty("incident").GetProperty("id").GetString()}"));

    private static (string? OrderId, string? State, string? WaitsFor) Describe(JsonElement saga) =>
        (saga.GetProperty("orderId").GetString(), saga.GetProperty("state").GetString(), saga.GetProperty("waitsFor").GetString());
}
