using System.Net;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.Operations;

public sealed class TimelineTests
{
    [Fact]
    public async Task Timeline_ReviewedOrder_TellsEverythingInTheOrderOfTime()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("reviewed");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(5));
        _ = await shop.PostAsync("/api/orders/reviewed/review", """{"approved":true,"reviewer":"ada","comment":"known"}""");
        _ = await shop.Host.WaitForCompletionAsync("reviewed");

        var entries = await ReadAsync(shop, "reviewed");

        Assert.Equal(
            [
                "Accepted reviewed", "Step ProcessOrder", "Step Checks", "Step Review", "ReviewRequested CheckCredit", "Step ProcessPayment",
                "Step ReserveInventory", "Step NotifySuccess", "ReviewDecided Approved", "Committed NotifySuccess", "Transaction Debit",
                "Transaction Reserve", "Notification ordersaga.order.succeeded", "Ended OrderSucceeded",
            ],
            entries.Select(Name));
        var decided = entries.Single(static entry => Name(entry) == "ReviewDecided Approved");
        Assert.Equal(("ada", "known"), (decided.GetProperty("by").GetString(), decided.GetProperty("detail").GetString()));
        Assert.Equal("18000.00 EUR", entries.Single(static entry => Name(entry) == "Transaction Debit").GetProperty("detail").GetString());
        Assert.Equal("2 sku-200", entries.Single(static entry => Name(entry) == "Transaction Reserve").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Timeline_ParkedAndCancelledOrder_TellsTheDecisionsAndTheAttempts()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:5@parked"));
        await shop.ParkAsync("parked");
        _ = await shop.PostAsync("/api/orders/parked/retry", """{"by":"ada"}""");
        _ = await shop.Host.WaitForCompletionAsync("parked");
        await shop.SendToReviewAsync("cancelled");
        _ = await shop.PostAsync("/api/orders/cancelled/cancel", """{"by":"bob"}""");
        _ = await shop.Host.WaitForCompletionAsync("cancelled");

        var parked = await ReadAsync(shop, "parked");
        var cancelled = await ReadAsync(shop, "cancelled");

        Assert.Contains("Parked ReserveInventory", parked.Select(Name));
        Assert.Equal("ada", parked.Single(static entry => Name(entry) == "ParkDecided Retry").GetProperty("by").GetString());
        Assert.Equal(4, parked.Single(static entry => Name(entry) == "Step ReserveInventory").GetProperty("attempts").GetInt32());
        Assert.Equal("bob", cancelled.Single(static entry => Name(entry) == "Cancelled Cancelled").GetProperty("by").GetString());
    }

    [Fact]
    public async Task Timeline_RecoveredOrder_TellsBothSagas()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnCompensationFailure", "Continue"),
            ("Saga__Retry__CompensationAttempts", "1"),
            ("Saga__TransientFaults", "ReserveInventory:4@again,ReleaseInventory:1@again"));
        await shop.CompleteAsync("again");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        _ = await shop.PostAsync("/api/incidents/again/ReleaseInventory-1/retry");
        _ = await shop.Host.WaitForCompletionAsync("redrive-again-ReleaseInventory-1");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        _ = await shop.PostAsync("/api/orders/again/recover", """{"by":"ada"}""");
        _ = await shop.Host.WaitForCompletionAsync("again-recovery-1");

        var names = (await ReadAsync(shop, "again")).Select(Name).ToList();

        Assert.Equal(2, names.Count(static name => name == "Step ProcessPayment"));
        Assert.Equal(2, names.Count(static name => name == "Transaction Debit"));
        Assert.Equal(1, names.Count(static name => name == "Transaction Credit"));
        string[] inOrder = ["IncidentOpened ReleaseInventory-1", "Ended OrderFailed", "IncidentClosed ReleaseInventory-1", "Recovered again-recovery-1", "Ended OrderSucceeded"];
        Assert.Equal(inOrder, names.Where(inOrder.Contains));
    }

    [Fact]
    public async Task Timeline_UnknownOrder_Gets404()
    {
        await using var shop = await Shop.OpenAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await shop.SendAsync(HttpMethod.Get, "/api/orders/nobody/timeline")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.SendAsync(HttpMethod.Get, "/api/orders/no.id/timeline")).Status);
    }

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(Shop shop, string orderId) =>
        [.. (await shop.GetAsync($"/api/orders/{orderId}/timeline")).GetProperty("entries").EnumerateArray()];

    private static string Name(JsonElement entry) => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("name").GetString()}";
}
