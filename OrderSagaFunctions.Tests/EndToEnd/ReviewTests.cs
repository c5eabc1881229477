using System.Net;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>A flagged order waits for a person, and exactly one decision counts.</summary>
public abstract class ReviewTests(AppProcess app)
{
    protected const string Approval = """{"approved":true,"reviewer":"ada","comment":"known customer"}""";
    private const string Rejection = """{"approved":false,"reviewer":"bob"}""";
    private readonly OrderClient _orders = app.Orders;

    [Fact]
    public async Task Review_Approved_OrderSucceedsAndKeepsTheDecision()
    {
        await SubmitFlaggedAsync("review-approved");

        using var decided = await _orders.PostAsync("/api/orders/review-approved/review", Approval);
        var order = await _orders.EndOfAsync("review-approved");

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Equal("ProcessOrder Checks Review ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", string.Join(' ', order.Path));
        var decision = order.Review.GetProperty("decision");
        Assert.Equal("ada", decision.GetProperty("reviewer").GetString());
        Assert.Equal("known customer", decision.GetProperty("comment").GetString());
    }

    [Fact]
    public async Task Review_Rejected_OrderFailsBeforeAnyMoneyMoves()
    {
        await SubmitFlaggedAsync("review-rejected");

        using var decided = await _orders.PostAsync("/api/orders/review-rejected/review", Rejection);
        var order = await _orders.EndOfAsync("review-rejected");

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderFailed", string.Join(' ', order.Path));
        Assert.Empty(order.Transactions);
        Assert.Equal("Pending", order.Status);
    }

    [Fact]
    public async Task Review_DecidedTwice_SecondGetsConflictWithTheFirst()
    {
        await SubmitFlaggedAsync("review-twice");
        using var first = await _orders.PostAsync("/api/orders/review-twice/review", Rejection);

        using var second = await _orders.PostAsync("/api/orders/review-twice/review", Approval);
        var order = await _orders.EndOfAsync("review-twice");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var problem = JsonDocument.Parse(await second.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("bob", problem.GetProperty("decision").GetProperty("reviewer").GetString());
        Assert.Equal("OrderFailed", order.Path[^1]);
    }

    [Fact]
    public async Task Review_RawEventThroughTheManagementApi_CompetesForTheSameGate()
    {
        var accepted = await SubmitFlaggedAsync("review-raw");
        var raise = accepted.GetProperty("sendEventPostUri").GetString()!.Replace("{eventName}", "ReviewDecision", StringComparison.Ordinal);

        using var raised = await _orders.PostAsync(new Uri(raise).PathAndQuery, Approval);
        var order = await _orders.EndOfAsync("review-raw");

        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal("ada", order.Review.GetProperty("decision").GetProperty("reviewer").GetString());
    }

    [Fact]
    public async Task Review_UnknownOrder_Gets404()
    {
        using var answer = await _orders.PostAsync("/api/orders/review-nobody/review", Approval);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Review_OrderNotInReview_Gets409()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("review-plain"));
        _ = await _orders.EndOfAsync("review-plain");

        using var answer = await _orders.PostAsync("/api/orders/review-plain/review", Approval);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    protected static bool InReview(ShownOrder order) => order.Review.ValueKind == JsonValueKind.Object;

    private async Task<JsonElement> SubmitFlaggedAsync(string orderId)
    {
        var accepted = await _orders.SubmitAsync(Orders.Flagged(orderId));
        _ = await _orders.UntilAsync(orderId, InReview);
        return accepted;
    }
}

/// <inheritdoc />
public sealed class EmbeddedReviewTests(WarmScenarioHost host) : ReviewTests(host.App), IClassFixture<WarmScenarioHost>
{
    [Fact]
    public async Task Review_NoAnswerInTime_OrderFailsAsTimedOut()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Saga__ReviewTimeout"] = "00:00:01" });
        _ = await app.Orders.SubmitAsync(Orders.Flagged("review-late"));

        var order = await app.Orders.EndOfAsync("review-late");

        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderFailed", string.Join(' ', order.Path));
        Assert.Equal("TimedOut", order.Review.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Review_HostKilledWhileWaiting_DecisionAfterTheRestartCounts()
    {
        await using var app = await AppProcess.StartAsync();
        _ = await app.Orders.SubmitAsync(Orders.Flagged("review-killed"));
        _ = await app.Orders.UntilAsync("review-killed", InReview);

        await app.KillAsync();
        await app.StartAgainAsync();
        using var decided = await app.Orders.PostAsync("/api/orders/review-killed/review", Approval);
        var order = await app.Orders.EndOfAsync("review-killed");

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Equal("OrderSucceeded", order.Path[^1]);
    }
}

/// <inheritdoc />
/// <remarks>A deadline that passes is the engine's timer, which its contract holds; a host that is killed: <see cref="TwoHostsTests"/>.</remarks>
[Collection(AzureStorageHost.Name)]
public sealed class AzureStorageReviewTests(AzureStorageHost host) : ReviewTests(host.App);
