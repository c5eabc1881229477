using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Two hosts on one task hub: an order is submitted to one, runs on any and is read from both; either may go.</summary>
public sealed class TwoHostsTests(TwoHostsTests.TwoHosts hosts) : IClassFixture<TwoHostsTests.TwoHosts>
{
    private const int Stock = 100_000;
    private const int Kills = 2;
    private const int OrdersAKill = 100;
    private const int Clients = 8;

    [Fact]
    public async Task Stop_OneHost_HandsItsPartitionsToTheOtherThatEndsItsOrders()
    {
        string[] ids = [.. Enumerable.Range(0, 12).Select(static number => $"handed-{number}")];
        _ = await hosts.First.Orders.SubmitAsync(Orders.Flagged("handed-review"));
        _ = await hosts.Second.Orders.UntilAsync("handed-review", static order => order.Review.ValueKind == JsonValueKind.Object);
        _ = await Task.WhenAll(ids.Select(id => hosts.First.Orders.SubmitAsync(Orders.Plain(id))));

        var exitCode = await hosts.First.StopAsync();
        using var decided = await hosts.Second.Orders.PostAsync("/api/orders/handed-review/review", """{"approved":true,"reviewer":"ada"}""");
        var ended = await Task.WhenAll(ids.Append("handed-review").Select(hosts.Second.Orders.EndOfAsync));
        await hosts.First.StartAgainAsync();

        Assert.Equal((0, HttpStatusCode.OK), (exitCode, decided.StatusCode));
        Assert.All(ended, static order => Assert.Equal("OrderSucceeded", order.Path[^1]));
        Assert.All(ended, static order => Assert.Equal("Debit Reserve", string.Join(' ', order.Transactions)));
        Assert.Equal("OrderSucceeded", (await hosts.First.Orders.EndOfAsync("handed-review")).Path[^1]);
    }

    [Fact]
    public async Task Kill_OneHostTwiceUnderLoad_EveryAcceptedOrderEndsAndNothingIsChargedTwice()
    {
        var load = new CrashLoad(hosts.First, hosts.Second);

        for (var kill = 0; kill < Kills; kill++)
        {
            await load.RunUntilAsync(OrdersAKill, Clients, hosts.First.KillAsync);
            await hosts.First.StartAgainAsync();
        }

        // Who got no answer sends the order again. One after the other: whoever waits for an order asks the account for it all the time.
        foreach (var id in load.Submitted.Except(load.Accepted))
        {
            _ = await hosts.Second.Orders.SubmitAsync(Orders.Plain(id));
        }

        foreach (var id in load.Submitted)
        {
            _ = await hosts.Second.Orders.EndOfAsync(id);
        }

        await hosts.First.Orders.UntilNothingRunsAsync();

        var orders = await hosts.First.Orders.FindAsync(load.Submitted);
        Assert.Equal(load.Submitted.Count, orders.Count);
        Assert.InRange(load.Accepted.Count, Kills * OrdersAKill, int.MaxValue);
        Assert.All(orders, CrashBooks.AreRight);
        foreach (var host in (AppProcess[])[hosts.First, hosts.Second])
        {
            var audit = await host.Orders.ReadAsync("/api/audit");
            Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
        }
    }

    /// <summary>Two hosts on one task hub, and on one account's tables.</summary>
    public sealed class TwoHosts : IAsyncLifetime
    {
        private AppProcess? _first;
        private AppProcess? _second;

        public AppProcess First => _first!;

        public AppProcess Second => _second!;

        public async Task InitializeAsync()
        {
            var hub = await AzureStorage.NewHubAsync(partitions: 4);
            (string, string)[] settings =
                [("Saga__OnCompensationFailure", "Continue"), ("Inventory__Seed", $"sku-100={Stock},sku-200={Stock},sku-300={Stock}")];
            var both = await Task.WhenAll(AppProcess.StartOnAsync(hub, settings), AppProcess.StartOnAsync(hub, settings));
            (_first, _second) = (both[0], both[1]);
        }

        public async Task DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
