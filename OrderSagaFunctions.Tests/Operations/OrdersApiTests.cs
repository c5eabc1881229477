using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

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
                "?incident=true", "?flagged=false&parked=false&incident=false&outcome=Succeeded", "?from=2031-01-01", "?to=2031-01-01T00:00:00Z&parked=true"])
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
            """{"orders":7,"running":2,"inReview":1,"parked":1,"stopped":1,"succeeded":1,"failed":2,"cancelled":1,"openIncidents":4}""", counts.GetRawText());
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
