using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Orders;

/// <summary>What people say with what they do is kept with that, and shown on the order's page and in its timeline.</summary>
public sealed class OrderDecisionsTests
{
    private const string Note = """{"by":"ada","reason":"as agreed by telephone"}""";

    [Fact]
    public async Task Cancel_WithANote_KeepsIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("cancelled");

        _ = await shop.PostAsync("/api/orders/cancelled/cancel", Note);
        _ = await shop.Host.WaitForCompletionAsync("cancelled");

        await AssertKeptAsync(shop, "cancelled", "Cancelled Cancelled");
    }

    [Fact]
    public async Task Retry_WithANote_KeepsIt()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:5@parked"));
        await shop.ParkAsync("parked");

        _ = await shop.PostAsync("/api/orders/parked/retry", Note);
        _ = await shop.Host.WaitForCompletionAsync("parked");

        await AssertKeptAsync(shop, "parked", "ParkDecided Retry");
    }

    [Fact]
    public async Task Recover_WithANote_KeepsIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2");

        _ = await shop.PostAsync("/api/orders/2/recover", Note);
        _ = await shop.Host.WaitForCompletionAsync("2-recovery-1");

        await AssertKeptAsync(shop, "2", "Recovered 2-recovery-1");
    }

    [Fact]
    public async Task RetryIncident_OftenWithNotes_KeepsEachUntilItIsClosed()
    {
        await using var shop = await Shop.OpenAsync(("Saga__Retry__CompensationAttempts", "1"), ("Saga__TransientFaults", "ReleaseInventory:4@3-stubborn"));
        await shop.CompleteAsync("3-stubborn");
        const string incident = "ReleaseInventory-1";
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync($"/api/incidents/3-stubborn/{incident}/retry", Note)).Status);
            _ = await shop.Host.WaitForCompletionAsync($"redrive-3-stubborn-{incident}");
        }

        var (status, body) = await shop.PostAsync($"/api/incidents/3-stubborn/{incident}/close", """{"by":"bob","reason":"counted by hand"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, body.GetProperty("retries").GetArrayLength());
        Assert.All(body.GetProperty("retries").EnumerateArray(), static retry => Assert.Equal("as agreed by telephone", retry.GetProperty("reason").GetString()));
        Assert.Equal(3, (await DecisionsAsync(shop, "3-stubborn")).Count(static entry => Name(entry) == $"IncidentRetried {incident}"));
        await AssertKeptAsync(shop, "3-stubborn", $"IncidentRetried {incident}");
        await AssertKeptAsync(shop, "3-stubborn", $"IncidentClosed {incident}", "bob", "counted by hand");
    }

    [Fact]
    public async Task RetryIncident_ManyLongNotes_KeepsTheLatestAndStaysRetriable()
    {
        await using var shop = await Shop.OpenAsync(("Saga__Retry__CompensationAttempts", "1"), ("Saga__TransientFaults", "ReleaseInventory:99@3-long"));
        await shop.CompleteAsync("3-long");
        for (var i = 0; i < 40; i++)
        {
            var note = JsonSerializer.Serialize(new { by = $"operator {i}", reason = new string('a', 1000) });
            Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync("/api/incidents/3-long/ReleaseInventory-1/retry", note)).Status);
        }

        var retries = (await shop.GetAsync("/api/incidents")).GetProperty("incidents").EnumerateArray()
            .Select(static queued => queued.GetProperty("incident")).Single(static incident => incident.GetProperty("id").GetString() == "ReleaseInventory-1")
            .GetProperty("retries");

        Assert.InRange(retries.GetArrayLength(), 20, 39);
        Assert.Equal("operator 39", retries[retries.GetArrayLength() - 1].GetProperty("by").GetString());
    }

    [Fact]
    public async Task Review_WithAComment_IsShownInTheSameForm()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("reviewed");

        _ = await shop.PostAsync("/api/orders/reviewed/review", """{"approved":true,"reviewer":"ada","comment":"as agreed by telephone"}""");
        _ = await shop.Host.WaitForCompletionAsync("reviewed");

        await AssertKeptAsync(shop, "reviewed", "ReviewDecided Approved");
    }

    private static async Task AssertKeptAsync(
        Shop shop, string orderId, string name, string by = "ada", string reason = "as agreed by telephone")
    {
        var timeline = (await shop.GetAsync($"/api/orders/{orderId}/timeline")).GetProperty("entries").EnumerateArray();
        foreach (var entries in (IEnumerable<JsonElement>[])[timeline, await DecisionsAsync(shop, orderId)])
        {
            var entry = entries.First(entry => Name(entry) == name);
            Assert.Equal((by, reason), (entry.GetProperty("by").GetString(), entry.GetProperty("detail").GetString()));
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> DecisionsAsync(Shop shop, string orderId) =>
        [.. (await shop.GetAsync($"/api/orders/{orderId}")).GetProperty("decisions").EnumerateArray()];

    private static string Name(JsonElement entry) => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("name").GetString()}";
}
