using System.Net;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>An app moves to a storage account as the guide says: nothing runs any more, the books are right, the other engine starts.</summary>
public sealed class DrainTests
{
    private const string Item = "sku-100";

    [Fact]
    public async Task Drain_ThenTheOtherEngine_GoesOnWithTheStockAndTheOldFolderStaysReadable()
    {
        await using var before = await AppProcess.StartAsync();
        string[] ids = ["drained-1", "drained-2", "drained-3"];
        _ = await Task.WhenAll(ids.Select(id => before.Orders.SubmitAsync(Orders.Json(id, (Item, 1, 49.90m)))));
        _ = await before.Orders.SubmitAsync(Orders.Flagged("drained-review"));
        _ = await before.Orders.UntilAsync("drained-review", static order => order.Path.Contains("Review"));
        _ = await Task.WhenAll(ids.Select(before.Orders.EndOfAsync));
        var waiting = await before.Orders.CountRunningAsync();
        using var decided = await before.Orders.PostAsync("/api/orders/drained-review/review", """{"approved":true,"reviewer":"ada"}""");
        _ = await before.Orders.EndOfAsync("drained-review");
        var left = await before.Orders.CountRunningAsync();
        var audit = await before.Orders.ReadAsync("/api/audit");
        var (quantity, _) = await before.Orders.StockOfAsync(Item);
        var exitCode = await before.StopAsync();

        await using var after = await AppProcess.StartOnAsync(await AzureStorage.NewHubAsync());
        using var taken = await after.Orders.PutAsync($"/api/inventory/{Item}", new { quantity });
        _ = await after.Orders.SubmitAsync(Orders.Json("moved-1", (Item, 2, 49.90m)));
        var moved = await after.Orders.EndOfAsync("moved-1");
        using var unknown = await after.Orders.GetAsync("/api/orders/drained-1");
        await before.StartAgainAsync();
        var archived = await before.Orders.FindAsync([.. ids, "drained-review", "moved-1"]);

        Assert.Equal((1, HttpStatusCode.OK, 0, 0), (waiting, decided.StatusCode, left, exitCode));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
        Assert.Equal((HttpStatusCode.OK, "OrderSucceeded"), (taken.StatusCode, moved.Path[^1]));
        Assert.Equal((quantity - 2, 2), await after.Orders.StockOfAsync(Item));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal([.. ids, "drained-review"], archived.Select(static order => order.Id));
        Assert.All(archived, static order => Assert.Equal("OrderSucceeded", order.Path[^1]));
    }
}
