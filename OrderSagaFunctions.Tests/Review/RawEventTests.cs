using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Operations;
using Sagas;

namespace OrderSagaFunctions.Tests.Review;

/// <summary>Events that anyone may raise through the management API, whatever they hold.</summary>
public sealed class RawEventTests
{
    [Fact]
    public void Read_HalfACharacterForAReviewer_IsNoAnswer()
    {
        using var json = JsonDocument.Parse("""{"approved":true,"reviewer":"\ud800"}""");

        Assert.Null(ReviewAnswer.Read(json.RootElement));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"yes\"")]
    [InlineData("""{"approved":"yes","reviewer":"ada"}""")]
    [InlineData("""{"approved":true}""")]
    public async Task Review_EventThatIsNoDecision_LeavesTheOrderInReview(string json)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("waiting");

        var (raised, _) = await shop.PostAsync("/runtime/webhooks/durabletask/instances/waiting/raiseEvent/ReviewDecision", json);
        await shop.Host.RunUntilIdleAsync();
        Assert.Equal("Waiting", (await shop.GetAsync("/api/orders/waiting")).GetProperty("review").GetProperty("status").GetString());
        var (decided, _) = await shop.PostAsync("/api/orders/waiting/review", """{"approved":true,"reviewer":"ada"}""");
        _ = await shop.Host.WaitForCompletionAsync("waiting");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (raised, decided));
        Assert.Equal("OrderSucceeded", new ShownOrder(await shop.GetAsync("/api/orders/waiting")).Path[^1]);
    }
}
