using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Tests.Operations;
using Sagas;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Claims;

/// <summary>What cut-off and late calls leave in the index of open orders: the counts are right all the same, and it is tidied up.</summary>
public sealed class OrderIndexTests
{
    private const string NoneOpen = "orders 1, running 0, succeeded 0, failed 1, open ";
    private const string Recovered = "orders 1, running 0, succeeded 1, failed 0, open ";

    [Fact]
    public async Task Submission_AfterTheEndAndCutOff_IsNotCountedAndGoes()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-late");
        var late = await shop.Host.RunAsync(() => Index(shop).AddAsync("2-late", default));
        Assert.True(late.IsNew);
        var before = await CountsAsync(shop);
        // As a last activity does that is run again.
        _ = await StoreAgainAsync(shop, "2-late");

        Assert.Equal((NoneOpen + "2-late", NoneOpen), (before, await CountsAsync(shop)));
        Assert.True((await shop.GetAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Submission_AfterTheEndAndCutOff_IsRemovedByTheReconciler()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-late");
        _ = await shop.Host.RunAsync(() => Index(shop).AddAsync("2-late", default));

        Assert.Equal("""{"unended":0,"opened":0,"closed":0,"reported":0}""", (await shop.PostAsync("/api/reconcile")).Body.GetRawText());

        Assert.Equal(NoneOpen, await CountsAsync(shop));
    }

    [Fact]
    public async Task End_CutOffAfterItsStory_IsCountedAndFinishedByTheReconciler()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-cut");
        // As the rows were just before the second of the two writes.
        var table = Table(shop, SagaTables.Claims);
        await shop.Host.RunAsync(async () =>
        {
            _ = await table.DeleteEntityAsync(OrderIndex.Saga, "~ended.2-cut.1");
            await table.AddEntityAsync(new TableEntity(OrderIndex.Saga, "2-cut")
            {
                ["At"] = shop.Host.Clock.GetUtcNow(),
                ["IsBegun"] = true,
                ["Generation"] = 1,
                ["Id"] = (await Table(shop, Tables.Orders).GetEntityAsync<TableEntity>("2-cut", "submission")).Value.GetString("OpenId"),
            });
        });

        var before = await CountsAsync(shop);
        _ = await shop.PostAsync("/api/reconcile");

        Assert.Equal((NoneOpen + "2-cut", NoneOpen), (before, await CountsAsync(shop)));
    }

    [Fact]
    public async Task Recovery_CutOffBeforeItIsWrittenDown_LeavesTheOrderEnded()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-back");
        _ = await shop.Host.RunAsync(() => Index(shop).ReopenAsync("2-back", new OrderRecovery(1, "2-back-recovery-1", 2), default));
        _ = await shop.PostAsync("/api/reconcile");
        var young = await CountsAsync(shop);

        await shop.Host.AdvanceAsync(SagaIndex.Abandoned + TimeSpan.FromSeconds(1));
        _ = await shop.PostAsync("/api/reconcile");

        Assert.Equal((NoneOpen + "2-back", NoneOpen), (young, await CountsAsync(shop)));
    }

    [Fact]
    public async Task Recovery_AfterOneThatWasCutOff_CountsTheOrderOnce()
    {
        await using var shop = await Shop.OpenAsync();
        await FailAsync(shop, "back");
        _ = await shop.Host.RunAsync(() => Index(shop).ReopenAsync("back", new OrderRecovery(1, "back-recovery-1", 2), default));

        _ = await shop.PostAsync("/api/orders/back/recover");
        await shop.Host.RunUntilIdleAsync();
        var running = await CountsAsync(shop);
        await DecideAsync(shop, "back", isApproved: true);
        _ = await shop.Host.WaitForCompletionAsync("back-recovery-1");

        Assert.Equal(("orders 1, running 1, succeeded 0, failed 0, open back", Recovered), (running, await CountsAsync(shop)));
        Assert.True((await shop.GetAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Recovery_TwoAtOnce_CountTheOrderOnce()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:4@back"));
            await shop.CompleteAsync("back");

            await shop.Host.RunAsync(() => Task.WhenAll(
                shop.PostAsync("/api/orders/back/recover"), shop.SubmitAsync(EndToEnd.Orders.Plain("back")), shop.PostAsync("/api/orders/back/recover")));
            _ = await shop.Host.WaitForCompletionAsync("back-recovery-1");

            Assert.Equal(Recovered, await CountsAsync(shop));
        }
    }

    [Fact]
    public async Task Recovery_LateAndCutOff_IsNotCountedAndGoes()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:4@back"));
        await shop.CompleteAsync("back");
        _ = await shop.PostAsync("/api/orders/back/recover");
        _ = await shop.Host.WaitForCompletionAsync("back-recovery-1");
        // As a call leaves it that had read the order before all of that.
        await shop.Host.RunAsync(() => shop.Host.Services.GetRequiredService<SagaIndex>().AddAsync(
            OrderIndex.Saga, new OpenSaga("back", shop.Host.Clock.GetUtcNow()) { Generation = 2, IsBegun = true, Replaces = SagaOutcome.Failed }, default));

        var before = await CountsAsync(shop);
        _ = await shop.PostAsync("/api/reconcile");

        Assert.Equal((Recovered + "back", Recovered), (before, await CountsAsync(shop)));
    }

    [Fact]
    public async Task Start_WithoutCounts_CompletesTheIndexFromTheOrders()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("good", "2-failed");
        await FailAsync(shop, "back");
        await shop.SendToReviewAsync("in-review");
        _ = await shop.PostAsync("/api/orders/back/recover");
        await shop.Host.RunUntilIdleAsync();
        await ClaimFinisherTests.ClaimAsync(shop, "claimed");
        var before = await CountsAsync(shop);
        await shop.Host.RunAsync(() => Task.WhenAll(((string[])["~counts", "in-review"]).Select(row => Table(shop, SagaTables.Claims).DeleteEntityAsync(OrderIndex.Saga, row))));

        await shop.Host.RestartAsync();

        Assert.Equal("orders 5, running 3, succeeded 1, failed 1, open back claimed in-review", before);
        Assert.Equal(before, await CountsAsync(shop));
    }

    /// <summary>An order whose review rejects it.</summary>
    private static async Task FailAsync(Shop shop, string orderId)
    {
        await shop.SendToReviewAsync(orderId);
        await DecideAsync(shop, orderId, isApproved: false);
        _ = await shop.Host.WaitForCompletionAsync(orderId);
    }

    private static async Task DecideAsync(Shop shop, string orderId, bool isApproved) =>
        _ = await shop.PostAsync($"/api/orders/{orderId}/review", $$"""{"approved":{{(isApproved ? "true" : "false")}},"reviewer":"ada"}""");

    private static OrderIndex Index(Shop shop) => shop.Host.Services.GetRequiredService<OrderIndex>();

    private static TableClient Table(Shop shop, string name) => shop.Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(name);

    private static Task<StepResult> StoreAgainAsync(Shop shop, string orderId) => shop.Host.RunAsync(async () =>
    {
        var order = (await shop.Host.Services.GetRequiredService<OrderStore>().FindAsync(orderId, default))!;
        return await shop.Host.Services.GetRequiredService<OrderEnds>().StoreAsync(new ReportToStore(orderId, order.Generation, order.Report!), default);
    });

    private static async Task<string> CountsAsync(Shop shop)
    {
        var counts = await shop.GetAsync("/api/orders/counts");
        var open = await shop.Host.RunAsync(() => Table(shop, SagaTables.Claims)
            .QueryAsync<TableEntity>(static row => row.RowKey.CompareTo("~") < 0).Select(static row => row.RowKey).ToListAsync().AsTask());
        return $"{string.Join(", ", ((string[])["orders", "running", "succeeded", "failed"]).Select(name => $"{name} {counts.GetProperty(name).GetInt32()}"))}, open {string.Join(' ', open)}";
    }
}
