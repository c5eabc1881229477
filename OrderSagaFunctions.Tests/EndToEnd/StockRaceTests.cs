namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>More orders than stock, all at once.</summary>
public sealed class StockRaceTests
{
    private const string Item = "sku-last";
    private const int Submitted = 64;
    private const int Pieces = 10;

    [Fact]
    public async Task Submit_SixtyFourOrdersForTheLastTenPieces_ExactlyTenSucceedAndNothingElseIsHeld()
    {
        await using var app = await AppProcess.StartAsync();
        using var counted = await app.Orders.PutAsync($"/api/inventory/{Item}", new { quantity = Pieces });
        var ids = Enumerable.Range(0, Submitted).Select(static i => $"stock-race-{i}").ToArray();

        _ = await Task.WhenAll(ids.Select(id => app.Orders.SubmitAsync(Orders.Json(id, (Item, 1, 49.90m)))));
        var ended = await Task.WhenAll(ids.Select(app.Orders.EndOfAsync));

        var succeeded = ended.Where(static order => order.Path[^1] == "OrderSucceeded").ToList();
        var failed = ended.Except(succeeded).ToList();
        Assert.Equal(Pieces, succeeded.Count);
        Assert.All(succeeded, static order => Assert.Equal("Debit Reserve", string.Join(' ', order.Transactions)));
        Assert.All(failed, static order => Assert.Equal(
            ("ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", "Credit Debit"),
            (string.Join(' ', order.Path), string.Join(' ', order.Transactions))));
        Assert.All(failed, static order => Assert.StartsWith(
            "OutOfStock:", order.Step("ReserveInventory").GetProperty("error").GetString(), StringComparison.Ordinal));

        Assert.Equal((0, Pieces), await app.Orders.StockOfAsync(Item));
        var audit = await app.Orders.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
        Assert.Equal(
            (Pieces, Submitted - Pieces, 0),
            (audit.GetProperty("succeeded").GetInt32(), audit.GetProperty("failed").GetInt32(), audit.GetProperty("openIncidents").GetInt32()));
    }
}
