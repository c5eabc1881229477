using System.Net;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Review;

/// <summary>A review whose saga waits for nobody any more.</summary>
public sealed class WithdrawnReviewTests
{
    [Fact]
    public async Task Review_CancelledButStillGoingBackward_TakesNoDecision()
    {
        // The saga cannot end before its retry's time comes, and nothing moves the time here.
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "UpdateOrderStatus:1"));
        await shop.SendToReviewAsync("leaving");

        Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync("/api/orders/leaving/cancel")).Status);
        var (status, problem) = await shop.PostAsync("/api/orders/leaving/review", """{"approved":true,"reviewer":"ada"}""");

        Assert.Equal((HttpStatusCode.Conflict, "urn:order-saga:not-in-review"), (status, problem.GetProperty("type").GetString()));
        Assert.Empty((await shop.GetAsync("/api/reviews")).GetProperty("reviews").EnumerateArray());
        await AssertWithdrawnAsync(shop, "leaving", "Running");

        _ = await shop.Host.WaitForCompletionAsync("leaving");
        await AssertWithdrawnAsync(shop, "leaving", "Completed");
    }

    [Fact]
    public async Task Review_SagaTerminated_IsWithdrawn()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("ended");

        await shop.TerminateAsync("ended");

        await AssertWithdrawnAsync(shop, "ended", "Terminated");
    }

    [Fact]
    public async Task Review_OfAnOrderThatIsTakenUpAgain_HasTheDeadlineThatCounts()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("anew");
        await shop.TerminateAsync("anew");
        await shop.Host.AdvanceAsync(TimeSpan.FromHours(30));

        Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync("/api/orders/anew/recover")).Status);
        await shop.Host.RunUntilIdleAsync();

        var review = (await shop.GetAsync("/api/reviews")).GetProperty("reviews")[0];
        Assert.Equal(shop.Host.Clock.GetUtcNow() + TimeSpan.FromHours(24), review.GetProperty("deadline").GetDateTimeOffset());
    }

    private static async Task AssertWithdrawnAsync(Shop shop, string orderId, string runtimeStatus)
    {
        var order = await shop.GetAsync("/api/orders/" + orderId);
        Assert.Equal("Withdrawn", order.GetProperty("review").GetProperty("status").GetString());
        Assert.Equal(runtimeStatus, order.GetProperty("saga").GetProperty("runtimeStatus").GetString());
    }
}
