using System.Text;
using System.Text.Json;
using OrderSagaFunctions.Tests.Claims;

namespace OrderSagaFunctions.Tests.Operations;

public sealed class OrdersApiTests
{
    [Fact]
    public async Task List_EachCriterion_FindsTheOrdersThatMeetIt()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@parked"), ("Saga__OnCompensationFailure", "Continue"));
        await shop.CompleteAsync("good-1", "good-2", "2-refused", "33-left");
        await shop.SendToReviewAsync("flagged");
        await shop.ParkAsync("parked");
        await shop.SubmitAsync(EndToEnd.Orders.Plain("other-customer").Replace("customer-7f21", "customer-9", StringComparison.Ordinal));
        _ = await shop.Host.WaitForCompletionAsync("other-customer");

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var query in (string[])
            ["", "?outcome=failed", "?outcome=Succeeded&customer=customer-7f21", "?status=Pending", "?customer=customer-9", "?flagged=true", "?parked=true",
                "?incident=true", "?flagged=false&parked=false&incident=false&outcome=Succeeded", "?from=2031-01-01", "?to=2031-01-01T00:00:00Z&parked=true",
                "?running=true", "?running=false", "?running=true&flagged=true", "?prefix=good", "?prefix=p&running=true", "?prefix=3&incident=true",
                "?prefix=good-1", "?prefix=good-11", "?prefix=f&flagged=true", "?prefix=2&outcome=Failed", "?prefix=Good"])
        {
            found[query] = Ids(await shop.GetAsync("/api/orders" + query));
        }

        Assert.Equal("2-refused 33-left flagged good-1 good-2 other-customer parked", found[""]);
        Assert.Equal("2-refused 33-left", found["?outcome=failed"]);
        Assert.Equal("good-1 good-2", found["?outcome=Succeeded&customer=customer-7f21"]);
        Assert.Equal("2-refused 33-left", found["?status=Pending"]);
        Assert.Equal("other-customer", found["?customer=customer-9"]);
        Assert.Equal("flagged", found["?flagged=true"]);
        Assert.Equal("parked", found["?parked=true"]);
        Assert.Equal("33-left", found["?incident=true"]);
        Assert.Equal("good-1 good-2 other-customer", found["?flagged=false&parked=false&incident=false&outcome=Succeeded"]);
        Assert.Equal("", found["?from=2031-01-01"]);
        Assert.Equal("parked", found["?to=2031-01-01T00:00:00Z&parked=true"]);
        Assert.Equal("flagged parked", found["?running=true"]);
        Assert.Equal("2-refused 33-left good-1 good-2 other-customer", found["?running=false"]);
        Assert.Equal("flagged", found["?running=true&flagged=true"]);
        Assert.Equal("good-1 good-2", found["?prefix=good"]);
        Assert.Equal("parked", found["?prefix=p&running=true"]);
        Assert.Equal("33-left", found["?prefix=3&incident=true"]);
        Assert.Equal("good-1", found["?prefix=good-1"]);
        Assert.Equal("", found["?prefix=good-11"]);
        Assert.Equal("flagged", found["?prefix=f&flagged=true"]);
        Assert.Equal("2-refused", found["?prefix=2&outcome=Failed"]);
        Assert.Equal("", found["?prefix=Good"]);
    }

    [Fact]
    public async Task List_Running_FindsThoseThatHaveNotBegunAndThoseUnderAKey()
    {
        await using var shop = await Shop.OpenAsync();
        await ClaimFinisherTests.ClaimAsync(shop, "claimed");
        await shop.SendToReviewAsync("waits");
        await shop.SendToReviewAsync("stopped");
        await shop.TerminateAsync("stopped");
        using var keyed = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/orders", UriKind.Relative));
        keyed.Headers.Add("Idempotency-Key", "key-1");
        keyed.Content = new StringContent(EndToEnd.Orders.Flagged("keyed"), Encoding.UTF8, "application/json");
        using var accepted = await shop.Host.HttpClient.SendAsync(keyed);
        await shop.Host.RunUntilIdleAsync();

        Assert.Equal("claimed keyed waits", Ids(await shop.GetAsync("/api/orders?running=true")));
        Assert.Equal("stopped", Ids(await shop.GetAsync("/api/orders?running=false")));
        Assert.Equal(["claimed keyed", "waits"], await PagesAsync(shop, "/api/orders?running=true&top=2", Ids));
        Assert.Equal(["claimed"], await PagesAsync(shop, "/api/orders?running=true&prefix=c&top=1", Ids));
    }

    [Fact]
    public async Task List_FromAndTo_AreBoundsOfTheAcceptance()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("early");
        await shop.Host.AdvanceAsync(TimeSpan.FromDays(1));
        await shop.CompleteAsync("late");
        var between = shop.Host.Clock.GetUtcNow().AddHours(-1).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("late", Ids(await shop.GetAsync("/api/orders?from=" + between)));
        Assert.Equal("early", Ids(await shop.GetAsync("/api/orders?to=" + between)));
    }

    [Fact]
    public async Task List_Order_TellsWhatItIsSearchedBy()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("33-left");

        var order = (await shop.GetAsync("/api/orders")).GetProperty("orders")[0];

        Assert.Equal("New", order.GetProperty("status").GetString());
        Assert.Equal("Failed", order.GetProperty("runtimeStatus").GetString());
        Assert.Equal("Failed", order.GetProperty("outcome").GetString());
        Assert.Equal(345.90m, order.GetProperty("total").GetProperty("amount").GetDecimal());
        Assert.False(order.GetProperty("isFlagged").GetBoolean());
        Assert.False(order.GetProperty("isParked").GetBoolean());
        Assert.Equal(3, order.GetProperty("openIncidents").GetInt32());
        Assert.Equal("OrderFailed", order.GetProperty("state").GetString());
        Assert.Equal(1, order.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task List_StateAndAttempts_AreThoseSoFar()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessOrder:2@waits,UpdateOrderStatus:1@2-failed"));
        await ClaimFinisherTests.ClaimAsync(shop, "claimed");
        await shop.SubmitAsync(EndToEnd.Orders.Flagged("waits"));
        await shop.CompleteAsync("2-failed");
        await shop.Host.RunUntilAsync(async () => Ids(await shop.GetAsync("/api/orders?flagged=true")) == "waits", "the review");

        var told = (await shop.GetAsync("/api/orders")).GetProperty("orders").EnumerateArray().ToDictionary(
            static order => order.GetProperty("orderId").GetString()!,
            static order => (order.TryGetProperty("state", out var state) ? state.GetString() : null, order.GetProperty("attempts").GetInt32()));

        Assert.Equal((null, 0), told["claimed"]);
        Assert.Equal(("Review", 3), told["waits"]);
        Assert.Equal(("OrderFailed", 2), told["2-failed"]);
    }

    [Fact]
    public async Task List_PrefixPageByPage_EndsWithIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("a", "ab", "ab-1", "ab_2", "abz", "ac", "b");

        Assert.Equal(["ab ab-1", "ab_2 abz"], await PagesAsync(shop, "/api/orders?prefix=ab&top=2", Ids));
        Assert.Equal(["ab-1"], await PagesAsync(shop, "/api/orders?prefix=ab-&top=2", Ids));
    }

    [Fact]
    public async Task List_PageByPage_FindsEachOrderOnce()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("a", "b", "c", "d", "e");

        var pages = await PagesAsync(shop, "/api/orders?top=2", static page => Ids(page));

        Assert.Equal(["a b", "c d", "e"], pages);
    }

    [Fact]
    public async Task Count_OrdersInEveryState_CountsEach()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@parked"));
        await shop.CompleteAsync("good", "2-failed", "33-left");
        await shop.SendToReviewAsync("in-review");
        await shop.SendToReviewAsync("cancelled");
        _ = await shop.PostAsync("/api/orders/cancelled/cancel");
        _ = await shop.Host.WaitForCompletionAsync("cancelled");
        await shop.SendToReviewAsync("stopped");
        await shop.TerminateAsync("stopped");
        _ = await shop.PostAsync("/api/reconcile");
        await shop.ParkAsync("parked");

        var counts = await shop.GetAsync("/api/orders/counts");

        Assert.Equal(
            """{"orders":7,"running":2,"inReview":1,"parked":1,"retrying":0,"stopped":1,"succeeded":1,"failed":2,"cancelled":1,"openIncidents":4,"asOf":"""
            + JsonSerializer.Serialize(shop.Host.Clock.GetUtcNow()) + "}",
            counts.GetRawText());
    }

    /// <summary>Every page of an answer, by its tokens.</summary>
    internal static async Task<List<string>> PagesAsync(Shop shop, string path, Func<JsonElement, string> read)
    {
        var pages = new List<string>();
        var token = "";
        while (true)
        {
            var page = await shop.GetAsync(path + token);
            pages.Add(read(page));
            if (!page.TryGetProperty("continuationToken", out var next))
            {
                return pages;
            }

            token = "&continuationToken=" + next.GetString();
        }
    }

    private static string Ids(JsonElement page) =>
        string.Join(' ', page.GetProperty("orders").EnumerateArray().Select(static order => order.GetProperty("orderId").GetString()));
}
