using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Clocks;

/// <summary>Decisions that come after their deadline, while the saga has not noticed yet that it has passed: the clock was set.</summary>
public sealed class LateDecisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(72)]
    public async Task Review_ApprovedAfterTheDeadline_IsRefusedAndTheOrderGoesBack(int hoursLate)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("late");
        shop.Host.Clock.Step(TimeSpan.FromHours(24 + hoursLate));

        var (status, problem) = await shop.PostAsync("/api/orders/late/review", """{"approved":true,"reviewer":"ada"}""");

        Assert.Equal((HttpStatusCode.Conflict, "urn:order-saga:already-decided"), (status, problem.GetProperty("type").GetString()));
        Assert.True(problem.GetProperty("decision").GetProperty("timedOut").GetBoolean());
        Assert.Contains("in time", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await AssertTimedOutAsync(shop);
    }

    [Fact]
    public async Task Review_RawEventAfterTheDeadline_DecidesThatNobodyDid()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("late");
        shop.Host.Clock.Step(TimeSpan.FromHours(25));

        await shop.Host.Client.RaiseEventAsync("late", "ReviewDecision", new { approved = true, reviewer = "ada" });

        await AssertTimedOutAsync(shop);
    }

    [Fact]
    public async Task Review_ApprovedBeforeTheDeadline_StandsThoughTheClockIsSetPastIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("early");

        var (status, _) = await shop.PostAsync("/api/orders/early/review", """{"approved":true,"reviewer":"ada"}""");
        shop.Host.Clock.Step(TimeSpan.FromDays(3));

        Assert.Equal(HttpStatusCode.OK, status);
        _ = await shop.Host.WaitForCompletionAsync("early");
        Assert.Equal("OrderSucceeded", PathOf(await shop.GetAsync("/api/orders/early")).Last());
    }

    [Fact]
    public async Task Retry_OfAParkedSagaAfterItsDeadline_IsRefusedAndTheOrderGoesBack()
    {
        await using var shop = await OpenParkedAsync();
        shop.Host.Clock.Step(TimeSpan.FromDays(2));

        var (status, problem) = await shop.PostAsync("/api/orders/parked/retry");
        _ = await shop.Host.WaitForCompletionAsync("parked");

        Assert.Equal((HttpStatusCode.Conflict, "urn:order-saga:already-decided"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal("OrderFailed", PathOf(await shop.GetAsync("/api/orders/parked")).Last());
        Assert.Contains(
            "ParkDecided Overdue",
            (await shop.GetAsync("/api/orders/parked/timeline")).GetProperty("entries").EnumerateArray()
                .Select(static entry => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("name").GetString()}"));
    }

    [Fact]
    public async Task Cancel_OfAParkedSagaAfterItsDeadline_IsGranted()
    {
        await using var shop = await OpenParkedAsync();
        shop.Host.Clock.Step(TimeSpan.FromDays(2));

        var (status, _) = await shop.PostAsync("/api/orders/parked/cancel");
        _ = await shop.Host.WaitForCompletionAsync("parked");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("OrderCancelled", PathOf(await shop.GetAsync("/api/orders/parked")).Last());
    }

    private static async Task<Shop> OpenParkedAsync()
    {
        var shop = await Shop.OpenAsync(
            ("Saga__TransientFaults", "ProcessPayment:1"), ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1"));
        await shop.ParkAsync("parked");
        return shop;
    }

    private static async Task AssertTimedOutAsync(Shop shop)
    {
        _ = await shop.Host.WaitForCompletionAsync("late");
        var order = await shop.GetAsync("/api/orders/late");
        Assert.Equal(("OrderFailed", "TimedOut"), (PathOf(order).Last(), order.GetProperty("review").GetProperty("status").GetString()));
        Assert.Empty(order.GetProperty("transactions").EnumerateArray());
        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static IEnumerable<string?> PathOf(JsonElement order) =>
        order.GetProperty("saga").GetProperty("path").EnumerateArray().Select(static state => state.GetString());
}
