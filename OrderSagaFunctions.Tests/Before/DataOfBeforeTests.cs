using System.Net;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Before;

/// <summary>A data folder of the version before opens: its sagas end as they began, its ended orders tell their story.</summary>
public sealed class DataOfBeforeTests : IDisposable
{
    private const string Approval = """{"approved":true,"reviewer":"ada"}""";
    private const string Refusal = """{"approved":false,"reviewer":"ada"}""";
    private const string Note = """{"by":"ada","reason":"as agreed"}""";

    private const string Succeeded = "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded";
    private const string Undone = "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus";
    private const string Approved = "ProcessOrder Checks Review ProcessPayment ReserveInventory NotifySuccess OrderSucceeded";
    private const string NotApproved = "ProcessOrder Checks Review UpdateOrderStatus";

    private readonly BeforeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Open_SagasUnderWay_EndOnTheRoadTheyBeganOn(int? warm)
    {
        await using var host = await DurableTestHost.StartAsync(_folder.App with { WarmOrchestrators = warm });
        var shop = new LocationShop(host);

        await DoAsync(shop, "/api/orders/open-approve/review", Approval);
        await DoAsync(shop, "/api/orders/open-reject/review", Refusal);
        await DoAsync(shop, "/api/orders/open-cancel/cancel", Note);
        await DoAsync(shop, "/api/orders/open-suspended/review", Approval);
        await host.Client.ResumeInstanceAsync("open-suspended");
        await DoAsync(shop, "/api/orders/park-open-retry/retry", Note);
        await DoAsync(shop, "/api/orders/park-open-cancel/cancel", Note);
        await DoAsync(shop, "/api/incidents/park-undo-open/ReleaseInventory-1/retry", Note);
        await DoAsync(shop, "/api/orders/child-open-retry/retry", Note);
        await DoAsync(shop, "/api/orders/child-open-cancel/cancel", Note);
        await DoAsync(shop, "/api/incidents/3-incident-open/ReleaseInventory-1/retry", Note);

        Assert.Equal(Approved, await RoadAsync(shop, "open-approve"));
        Assert.Equal($"{NotApproved} OrderFailed", await RoadAsync(shop, "open-reject"));
        Assert.Equal($"{NotApproved} OrderCancelled", await RoadAsync(shop, "open-cancel"));
        Assert.Equal(Approved, await RoadAsync(shop, "open-suspended"));
        Assert.Equal(Succeeded, await RoadAsync(shop, "park-open-retry"));
        Assert.Equal($"{Undone} OrderCancelled", await RoadAsync(shop, "park-open-cancel"));
        Assert.Equal(
            "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail ReleaseInventory ProcessRefund UpdateOrderStatus OrderCancelled",
            await RoadAsync(shop, "park-undo-open"));
        Assert.Equal(Succeeded, await RoadAsync(shop, "child-open-retry"));
        Assert.Equal($"{Undone} OrderCancelled", await RoadAsync(shop, "child-open-cancel"));
        Assert.Equal(Succeeded, await RoadAsync(shop, "open-retrying"));
        Assert.Equal(2, (await shop.ViewAsync("open-retrying")).Step("ProcessPayment").GetProperty("attempts").GetInt32());
        await host.RunUntilAsync(async () => (await shop.ViewAsync("3-incident-open")).Incidents[0].GetProperty("status").GetString() == "Closed", "the incident's end");
        await AssertNothingRunsAsync(host);
        await AssertCleanAsync(shop);
    }

    [Fact]
    public async Task Open_NobodyDecides_DeadlinesOfBeforePass()
    {
        await using var host = await DurableTestHost.StartAsync(_folder.App);
        var shop = new LocationShop(host);

        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal($"{NotApproved} OrderFailed", await RoadAsync(shop, "open-approve"));
        Assert.Equal($"{Undone} OrderFailed", await RoadAsync(shop, "park-open-retry"));
        Assert.Equal($"{Undone} OrderFailed", await RoadAsync(shop, "child-open-retry"));
        Assert.False((await shop.ViewAsync("open-suspended")).HasEnded);
        Assert.False((await shop.ViewAsync("park-undo-open")).HasEnded);
        await AssertCleanAsync(shop);
    }

    [Theory]
    [InlineData("1c6f2a40-7d1e-4b62-9a53-0e8f4d7c21b1", "ProcessOrder UpdateOrderStatus OrderFailed")]
    [InlineData("11d0c9a7-3b52-4f0e-8c64-5a1be27f9032", "ProcessOrder UpdateOrderStatus NotifyUpdateOrderFail OrderFailed")]
    [InlineData("2a94be13-60c8-4d75-b1f2-93d05c6e8a47", "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed")]
    [InlineData("22e7105b-8f3d-4a19-a6d0-7c4b91f358e6", "ProcessOrder Checks ProcessPayment ProcessRefund NotifyProcessRefundFail OrderFailed")]
    [InlineData("3f58d6c2-14ab-4e90-87c5-d2be60a9f173", $"{Undone} OrderFailed")]
    [InlineData("33b1e84f-c057-4263-9e1d-48fa7036d5c9", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail OrderFailed")]
    [InlineData("4d720f9e-a3b6-4c18-b5e7-06c9d81f34a2", Succeeded)]
    public async Task Open_EndedScenario_TellsItsStoryAndIsRewoundAndAnsweredAsEver(string orderId, string road)
    {
        await using var host = await DurableTestHost.StartAsync(_folder.App);
        var shop = new LocationShop(host);
        var order = await shop.ViewAsync(orderId);

        Assert.Equal(road, string.Join(' ', order.Path));
        if (order.RuntimeStatus == "Failed")
        {
            // A rewound saga meets its own tombstones: it ends as it did.
            await host.Client.RewindInstanceAsync(orderId, "the bank is back");
            Assert.Equal("OrderFailed", (await shop.EndOfAsync(orderId)).Path[^1]);
            Assert.Equal(order.Transactions, (await shop.ViewAsync(orderId)).Transactions);
        }

        await AssertCleanAsync(shop);
    }

    [Fact]
    public async Task Open_FailedOrder_IsRecoveredByTheCodeOfNow()
    {
        await using var host = await DurableTestHost.StartAsync(_folder.App);
        var shop = new LocationShop(host);

        await DoAsync(shop, "/api/orders/review-overdue/recover", Note);
        await host.RunUntilIdleAsync();
        await DoAsync(shop, "/api/orders/review-overdue/review", Approval);
        await host.RunUntilAsync(async () => (await shop.ViewAsync("review-overdue")).HasEnded, "the end");

        Assert.Equal(Approved, string.Join(' ', (await shop.ViewAsync("review-overdue")).Path));
        await AssertCleanAsync(shop);
    }

    [Fact]
    public async Task Open_Counts_AreThoseOfTheOrders()
    {
        await using var host = await DurableTestHost.StartAsync(_folder.App);
        var shop = new LocationShop(host);

        for (var start = 0; start < 2; start++)
        {
            var orders = (await shop.ReadAsync("/api/orders?top=100")).GetProperty("orders").EnumerateArray().ToList();
            var counts = await shop.ReadAsync("/api/orders/counts");

            Assert.Equal(orders.Count, counts.GetProperty("orders").GetInt32());
            Assert.All((string[])["Succeeded", "Failed", "Cancelled"], outcome => Assert.Equal(
                orders.Count(order => order.GetProperty("outcome").GetString() == outcome), counts.GetProperty(outcome.ToLowerInvariant()).GetInt32()));
            Assert.Equal(
                orders.Count(static order => order.GetProperty("outcome").ValueKind == JsonValueKind.Null),
                counts.GetProperty("running").GetInt32() + counts.GetProperty("stopped").GetInt32());
            Assert.True(counts.GetProperty("running").GetInt32() > 0 && counts.GetProperty("failed").GetInt32() > 0, counts.ToString());
            await AssertCleanAsync(shop);
            await host.RestartAsync();
        }
    }

    private static async Task DoAsync(LocationShop shop, string path, string body) =>
        Assert.True(await shop.PostAsync(path, body) is HttpStatusCode.OK or HttpStatusCode.Accepted, path);

    private static async Task<string> RoadAsync(LocationShop shop, string orderId) => string.Join(' ', (await shop.EndOfAsync(orderId)).Path);

    private static async Task AssertCleanAsync(LocationShop shop)
    {
        var audit = await shop.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    private static async Task AssertNothingRunsAsync(DurableTestHost host)
    {
        // Deliveries end by themselves where there is nowhere to deliver to.
        _ = await host.WaitForCompletionAsync("deliver-notifications");
        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            Assert.True(instance.IsCompleted, $"{instance.InstanceId} still runs.");
        }
    }
}
