namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The app is killed with SIGKILL under load, again and again; what it accepted comes right all the same.</summary>
public sealed class CrashTests
{
    private const int Kills = 10;
    private const int Clients = 8;
    private const int Stock = 100_000;

    [Fact]
    public async Task Kill_TenTimesUnderLoad_EveryAcceptedOrderEndsAndMoneyAndStockAddUp()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__OnCompensationFailure"] = "Continue",
            ["Inventory__Seed"] = $"sku-100={Stock},sku-200={Stock},sku-300={Stock}",
        });
        var load = new CrashLoad(app);

        for (var kill = 1; kill <= Kills; kill++)
        {
            // Each time a little deeper into the load: the moment is a number of accepted orders, not a time.
            await load.RunUntilAsync(accepted: kill * (10 + (7 * kill % 23)), Clients, app.KillAsync);
            await app.StartAgainAsync();
        }

        _ = await Task.WhenAll(load.Accepted.Select(app.Orders.EndOfAsync));
        // An order whose answer was lost in a kill may have been accepted all the same: the app finishes it, and it counts in the
        // books too.
        _ = await Task.WhenAll((await app.Orders.FindAsync(load.Submitted)).Select(order => app.Orders.EndOfAsync(order.Id)));
        await app.Orders.UntilNothingRunsAsync();

        var orders = await app.Orders.FindAsync(load.Submitted);
        Assert.Subset(orders.Select(static order => order.Id).ToHashSet(StringComparer.Ordinal), load.Accepted);
        Assert.All(orders, CrashBooks.AreRight);
        await CrashBooks.StockAddsUpAsync(app.Orders, orders, Stock);
    }
}
