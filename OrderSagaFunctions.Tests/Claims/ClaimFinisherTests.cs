using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using OrderSagaFunctions.Tests.Operations;
using Sagas.Claims;
using Sagas.Fields;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Claims;

/// <summary>Submissions that claimed their order and did not get to start its saga.</summary>
public sealed class ClaimFinisherTests
{
    private static readonly TimeSpan UntilTheNextLook = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Claim_WithoutASaga_IsOneOrderThatRunsInEveryAnswer()
    {
        await using var shop = await Shop.OpenAsync();
        await ClaimAsync(shop, "claimed");
        await shop.Host.AdvanceAsync(TimeSpan.FromSeconds(1));

        var order = await shop.GetAsync("/api/orders/claimed");
        Assert.Equal(("Received", "Pending"), (order.GetProperty("status").GetString(), order.GetProperty("saga").GetProperty("runtimeStatus").GetString()));
        Assert.Equal(3, order.GetProperty("items").GetArrayLength());
        Assert.Equal("claimed Pending", Listed(await shop.GetAsync("/api/orders"), "orders"));
        Assert.Equal("claimed Pending", Listed(await shop.GetAsync("/api/orders/stuck?longerThan=PT0.5S"), "sagas"));
        Assert.Equal((1, 1), Running(await shop.GetAsync("/api/orders/counts")));
        Assert.Equal((1, 1), Running(await shop.GetAsync("/api/audit")));
        Assert.Equal("Accepted", Assert.Single((await shop.GetAsync("/api/orders/claimed/timeline")).GetProperty("entries").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal("""{"unended":1,"opened":0,"closed":0,"reported":0}""", (await shop.PostAsync("/api/reconcile")).Body.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_OldEnough_IsFinishedByItselfAndByTheReconciler(bool byItself)
    {
        await using var shop = byItself ? await OpenWithTimerAsync() : await Shop.OpenAsync();
        await ClaimAsync(shop, "claimed");
        await shop.Host.AdvanceAsync(UntilTheNextLook);
        if (!byItself)
        {
            _ = await shop.PostAsync("/api/reconcile");
        }

        _ = await shop.Host.WaitForCompletionAsync("claimed");

        Assert.Equal("OrderSucceeded", new EndToEnd.ShownOrder(await shop.GetAsync("/api/orders/claimed")).Path[^1]);
        Assert.Empty(Index(shop));
    }

    [Fact]
    public async Task Claim_OfTheProcessBefore_IsFinishedAfterTheStartWithoutAnyCall()
    {
        await using var shop = await OpenWithTimerAsync();
        await ClaimAsync(shop, "claimed");
        shop.Host.Crash();

        await shop.Host.RestartAsync();
        await shop.Host.AdvanceAsync(UntilTheNextLook);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await shop.Host.WaitForCompletionAsync("claimed")).RuntimeStatus);
    }

    [Fact]
    public async Task Claim_YoungerThanTheLeastAge_IsLeftToWhoeverMadeIt()
    {
        await using var shop = await Shop.OpenAsync();
        await ClaimAsync(shop, "claimed");
        await shop.Host.AdvanceAsync(ClaimFinisher.LeastAge - TimeSpan.FromSeconds(1));

        _ = await shop.PostAsync("/api/reconcile");

        Assert.Null(await shop.Host.Client.GetInstanceAsync("claimed"));
    }

    [Fact]
    public async Task Claim_FinishedAndSubmittedAgainAtOnce_RunsOneSaga()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            await using var shop = await Shop.OpenAsync();
            await ClaimAsync(shop, "claimed");
            await shop.Host.AdvanceAsync(UntilTheNextLook);

            await shop.Host.RunAsync(() => Task.WhenAll(
                shop.SubmitAsync(EndToEnd.Orders.Plain("claimed")), shop.PostAsync("/api/reconcile"), shop.SubmitAsync(EndToEnd.Orders.Plain("claimed"))));
            _ = await shop.Host.WaitForCompletionAsync("claimed");

            var order = new EndToEnd.ShownOrder(await shop.GetAsync("/api/orders/claimed"));
            Assert.Equal("OrderSucceeded", order.Path[^1]);
            Assert.Single(order.Json.GetProperty("transactions").EnumerateArray(), static row => row.GetProperty("type").GetString() == "Debit");
            Assert.True((await shop.GetAsync("/api/audit")).GetProperty("clean").GetBoolean());
        }
    }

    [Fact]
    public async Task Claim_EntryIsDamaged_HoldsUpNoOther()
    {
        await using var shop = await OpenWithTimerAsync();
        await ClaimAsync(shop, "a-damaged");
        await ClaimAsync(shop, "b-claimed");
        _ = await Table(shop).UpsertEntityAsync(new TableEntity(OrderIndex.Saga, "a-damaged") { ["At"] = "today" });

        await shop.Host.AdvanceAsync(UntilTheNextLook);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await shop.Host.WaitForCompletionAsync("b-claimed")).RuntimeStatus);
    }

    [Fact]
    public async Task Claim_WhoseSagaWasStoppedBeforeItStoredAnything_IsNotStartedAgain()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ProcessOrder:4@stopped"));
        await ClaimAsync(shop, "stopped");
        await shop.ParkAsync("stopped");
        await shop.TerminateAsync("stopped");
        await shop.Host.AdvanceAsync(UntilTheNextLook);
        _ = await shop.PostAsync("/api/reconcile");
        _ = await shop.Host.Client.PurgeInstanceAsync("stopped");
        await shop.Host.AdvanceAsync(UntilTheNextLook);

        _ = await shop.PostAsync("/api/reconcile");

        Assert.Null(await shop.Host.Client.GetInstanceAsync("stopped"));
        Assert.Equal((1, 0), ((await shop.GetAsync("/api/orders/counts")).GetProperty("stopped").GetInt32(), (await shop.GetAsync("/api/audit")).GetProperty("running").GetInt32()));
    }

    [Fact]
    public async Task Cancel_OfAClaimWithoutASaga_IsGrantedAndKept()
    {
        await using var shop = await Shop.OpenAsync();
        await ClaimAsync(shop, "claimed");

        var (status, _) = await shop.PostAsync("/api/orders/claimed/cancel");
        _ = await shop.Host.WaitForCompletionAsync("claimed");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("Cancelled", (await shop.GetAsync("/api/orders/claimed")).GetProperty("saga").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Entry_WithoutAClaim_StartsNothingAndGoes()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Host.RunAsync(() => shop.Host.Services.GetRequiredService<OrderIndex>().AddAsync("nothing", default));
        await shop.Host.AdvanceAsync(UntilTheNextLook);
        _ = await shop.PostAsync("/api/reconcile");
        Assert.Single(Index(shop));
        await shop.Host.AdvanceAsync(TimeSpan.FromHours(1));

        _ = await shop.PostAsync("/api/reconcile");

        Assert.Empty(Index(shop));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.SendAsync(HttpMethod.Get, "/api/orders/nothing")).Status);
    }

    [Fact]
    public async Task Submission_KnownOrRefused_LeavesNoEntry()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("known");

        await shop.SubmitAsync(EndToEnd.Orders.Plain("known"));
        var (refused, _) = await shop.PostAsync("/api/orders", EndToEnd.Orders.Flagged("known"));

        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Empty(Index(shop));
    }

    private static Task<Shop> OpenWithTimerAsync() => Shop.OpenAsync((CrashPoints.OrderRun.ClaimsTimer, "false"));

    /// <summary>What a submission leaves that is cut off just before it schedules the saga.</summary>
    internal static async Task ClaimAsync(Shop shop, string orderId)
    {
        var errors = new List<FieldError>();
        using var body = JsonDocument.Parse(EndToEnd.Orders.Plain(orderId));
        var order = OrderParser.Parse(body.RootElement, "EUR", errors)!;
        _ = await shop.Host.RunAsync(() => shop.Host.Services.GetRequiredService<SubmissionStore>()
            .ClaimAsync(new Submission(order, orderId, SubmissionKey.Fingerprint(order)), default));
    }

    // The counts, and what counts an end, have keys that no order has.
    private static List<TableEntity> Index(Shop shop) => [.. Table(shop).Query<TableEntity>(static row => row.RowKey.CompareTo("~") < 0)];

    private static TableClient Table(Shop shop) => shop.Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(SagaTables.Claims);

    private static (int Orders, int Running) Running(JsonElement answer) =>
        (answer.GetProperty("orders").GetInt32(), answer.GetProperty("running").GetInt32());

    private static string Listed(JsonElement page, string name) => string.Join(
        ", ", page.GetProperty(name).EnumerateArray().Select(static row => $"{row.GetProperty("orderId").GetString()} {row.GetProperty("runtimeStatus").GetString()}"));
}
