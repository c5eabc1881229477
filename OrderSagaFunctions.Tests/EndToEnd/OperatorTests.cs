using System.Net;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What operators do about orders: cancel what runs, run a compensation again, recover what failed.</summary>
public abstract class OperatorTests(AppProcess app)
{
    private const string Approval = """{"approved":true,"reviewer":"ada"}""";
    private readonly OrderClient _orders = app.Orders;

    [Fact]
    public async Task Cancel_OrderInReview_EndsCancelledWithNothingTaken()
    {
        _ = await _orders.SubmitAsync(Orders.Flagged("cancel-review"));
        _ = await _orders.UntilAsync("cancel-review", InReview);

        using var answer = await _orders.PostAsync("/api/orders/cancel-review/cancel", """{"by":"customer"}""");
        var order = await _orders.EndOfAsync("cancel-review");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderCancelled", string.Join(' ', order.Path));
        Assert.Equal(("Completed", "Pending"), (order.RuntimeStatus, order.Status));
        Assert.Empty(order.Transactions);
    }

    [Fact]
    public async Task Cancel_RawEventThroughTheManagementApi_CompetesForTheSameGate()
    {
        var accepted = await _orders.SubmitAsync(Orders.Flagged("cancel-raw"));
        _ = await _orders.UntilAsync("cancel-raw", InReview);
        var raise = accepted.GetProperty("sendEventPostUri").GetString()!.Replace("{eventName}", "Cancel", StringComparison.Ordinal);

        using var raised = await _orders.PostAsync(new Uri(raise).PathAndQuery, "{}");

        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal("OrderCancelled", (await _orders.EndOfAsync("cancel-raw")).Path[^1]);
    }

    [Fact]
    public async Task Cancel_AfterTheEnd_Gets409()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("cancel-late"));
        _ = await _orders.EndOfAsync("cancel-late");

        using var answer = await _orders.PostAsync("/api/orders/cancel-late/cancel");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Cancel_RacedAgainstManyOrders_EachIsEitherDoneOrUndone()
    {
        var ids = Enumerable.Range(0, 40).Select(static i => $"cancel-race-{i}").ToArray();

        var answers = await Task.WhenAll(ids.Select(async id =>
        {
            _ = await _orders.SubmitAsync(Orders.Plain(id));
            using var answer = await _orders.PostAsync($"/api/orders/{id}/cancel", "");
            return answer.StatusCode;
        }));
        var ended = await Task.WhenAll(ids.Select(_orders.EndOfAsync));

        Assert.All(answers.Zip(ended), static order => Assert.Equal(
            order.First == HttpStatusCode.Accepted ? "OrderCancelled" : "OrderSucceeded", order.Second.Path[^1]));
        Assert.All(ended, static order => Assert.True(
            string.Join(' ', order.Transactions) is "Debit Reserve" or "" or "Credit Debit" or "Credit Debit Release Reserve", order.ToString()));
        var audit = await _orders.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    [Fact]
    public async Task RetryIncident_AfterTheSagaEnded_RunsTheCompensationAndClosesIt()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("3-redrive"));
        var failed = await _orders.EndOfAsync("3-redrive");

        using var answer = await _orders.PostAsync("/api/incidents/3-redrive/ReleaseInventory-1/retry", """{"by":"ada"}""");
        var mended = await _orders.UntilAsync("3-redrive", static order => order.Incidents[0].GetProperty("status").GetString() == "Closed");
        using var again = await _orders.PostAsync("/api/incidents/3-redrive/ReleaseInventory-1/retry", "");
        using var unknown = await _orders.PostAsync("/api/incidents/3-redrive/Nothing-1/retry", "");

        Assert.Equal("Credit Debit Reserve", string.Join(' ', failed.Transactions));
        Assert.Equal("Credit Debit Release Reserve", string.Join(' ', mended.Transactions));
        Assert.False(mended.Saga.GetProperty("compensationIncomplete").GetBoolean());
        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.NotFound), (answer.StatusCode, again.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Recover_UndoneOrder_RunsAgainInTheNextGeneration()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("recover-undone"));
        var failed = await _orders.EndOfAsync("recover-undone");

        using var answer = await _orders.PostAsync("/api/orders/recover-undone/recover", """{"by":"ada"}""");
        var order = await _orders.UntilAsync("recover-undone", static order => order.Path.Contains("OrderSucceeded"));
        using var again = await _orders.PostAsync("/api/orders/recover-undone/recover", "");

        Assert.Equal("OrderFailed", failed.Path[^1]);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("New", order.Status);
        var types = order.Json.GetProperty("transactions").EnumerateArray().Select(static t => t.GetProperty("type").GetString()).ToList();
        Assert.Equal(2, types.Count(static type => type == "Debit"));
        Assert.Equal(1, types.Count(static type => type == "Credit"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Recover_TerminatedOrder_GoesOnFromItsSavePointsAndChargesOnce()
    {
        var accepted = await _orders.SubmitAsync(Orders.Flagged("recover-terminated"));
        _ = await _orders.UntilAsync("recover-terminated", InReview);
        using var running = await _orders.PostAsync("/api/orders/recover-terminated/recover", "");
        using var terminated = await _orders.PostAsync(new Uri(accepted.GetProperty("terminatePostUri").GetString()!.Replace("{text}", "x", StringComparison.Ordinal)).PathAndQuery, "");
        _ = await _orders.EndOfAsync("recover-terminated");

        using var answer = await _orders.PostAsync("/api/orders/recover-terminated/recover", "");
        _ = await _orders.UntilAsync("recover-terminated", static order => order.RuntimeStatus == "Running" && InReview(order));
        using var decided = await _orders.PostAsync("/api/orders/recover-terminated/review", Approval);
        var order = await _orders.EndOfAsync("recover-terminated");

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.Accepted, HttpStatusCode.OK), (running.StatusCode, answer.StatusCode, decided.StatusCode));
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal("Debit Reserve", string.Join(' ', order.Transactions));
    }

    [Fact]
    public async Task Recover_OrderWithSomethingLeftUndone_Gets409()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("3-left-undone"));
        _ = await _orders.EndOfAsync("3-left-undone");

        using var answer = await _orders.PostAsync("/api/orders/3-left-undone/recover", "");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    private static bool InReview(ShownOrder order) => order.Review.ValueKind == System.Text.Json.JsonValueKind.Object;
}

/// <summary>The app under Continue, with steps and compensations that fail as often as they are tried, once.</summary>
public sealed class FaultyHost<TEngine>() : AppFixture<TEngine>(
    ("Saga__OnCompensationFailure", "Continue"),
    ("Saga__Retry__Attempts", "2"),
    ("Saga__Retry__CompensationAttempts", "2"),
    ("Saga__Retry__FirstInterval", "00:00:00.005"),
    ("Saga__TransientFaults", "ReserveInventory:2@recover-undone,ReleaseInventory:2@3-redrive,ReleaseInventory:2@3-left"))
    where TEngine : IAppEngine;

/// <inheritdoc />
public sealed class EmbeddedOperatorTests(FaultyHost<Embedded> host) : OperatorTests(host.App), IClassFixture<FaultyHost<Embedded>>;

/// <inheritdoc />
public sealed class AzureStorageOperatorTests(FaultyHost<AzureStorage> host) : OperatorTests(host.App), IClassFixture<FaultyHost<AzureStorage>>;
