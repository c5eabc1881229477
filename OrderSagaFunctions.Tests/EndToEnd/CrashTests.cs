using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

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
        var load = new CrashLoad(app.Orders);

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
        Assert.All(orders, AssertBooksAreRight);
        await AssertStockAddsUpAsync(app.Orders, orders);
    }

    private static void AssertBooksAreRight(ShownOrder order)
    {
        var moved = order.Json.GetProperty("transactions").EnumerateArray().ToLookup(static t => t.GetProperty("type").GetString());
        var debit = moved["Debit"].Sum(static t => t.GetProperty("amount").GetDecimal());
        var credit = moved["Credit"].Sum(static t => t.GetProperty("amount").GetDecimal());
        var kept = order.Path[^1] == "OrderSucceeded" ? order.Json.GetProperty("total").GetProperty("amount").GetDecimal() : 0;

        Assert.True(order.Path[^1] is "OrderSucceeded" or "OrderFailed", order.ToString());
        Assert.True(debit - credit == kept, order.ToString());
        Assert.Equal(
            moved["Debit"].Count() + moved["Credit"].Count(),
            moved["Debit"].Concat(moved["Credit"]).Select(static t => t.GetProperty("transactionId").GetString()).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task AssertStockAddsUpAsync(OrderClient client, IEnumerable<ShownOrder> orders)
    {
        var stock = await client.ReadAsync("/api/inventory");
        var succeeded = orders.Where(static order => order.Path[^1] == "OrderSucceeded").ToList();
        foreach (var item in stock.EnumerateArray())
        {
            var id = item.GetProperty("itemId").GetString();
            var sold = succeeded.SelectMany(static order => order.Json.GetProperty("items").EnumerateArray())
                .Where(line => line.GetProperty("itemId").GetString() == id)
                .Sum(static line => line.GetProperty("qty").GetInt64());
            Assert.Equal(sold, item.GetProperty("reserved").GetInt64());
            Assert.Equal(Stock, item.GetProperty("quantity").GetInt64() + item.GetProperty("reserved").GetInt64());
        }
    }
}

/// <summary>Orders of every scenario, submitted by several clients at once; remembers which were accepted.</summary>
internal sealed class CrashLoad(OrderClient client)
{
    private static readonly string[] Prefixes = ["4", "a", "2", "3", "b", "1"];
    private readonly ConcurrentBag<string> _submitted = [];
    private readonly ConcurrentBag<string> _accepted = [];
    private int _next;

    /// <summary>Every order that was sent, whatever became of it.</summary>
    public IReadOnlyCollection<string> Submitted => _submitted;

    /// <summary>The orders that were answered with 202.</summary>
    public ISet<string> Accepted => _accepted.ToHashSet(StringComparer.Ordinal);

    /// <summary>Submits until so many orders were accepted in this run, then runs <paramref name="kill"/> while others are under way.</summary>
    public async Task RunUntilAsync(int accepted, int clients, Func<Task> kill)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var left = accepted;
        var running = Enumerable.Range(0, clients).Select(_ => SubmitAsync()).ToArray();
        await reached.Task;
        await kill();
        await stop.CancelAsync();
        await Task.WhenAll(running);

        async Task SubmitAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _next);
                var id = string.Create(CultureInfo.InvariantCulture, $"{Prefixes[number % Prefixes.Length]}x-{number}");
                _submitted.Add(id);
                try
                {
                    _ = await client.SubmitAsync(Orders.Plain(id));
                }
                catch (Exception e) when (e is HttpRequestException or SocketException)
                {
                    // Killed: whether this one was accepted nobody knows. A connection that breaks as it is made is a bare SocketException.
                    continue;
                }

                _accepted.Add(id);

                if (Interlocked.Decrement(ref left) == 0)
                {
                    reached.SetResult();
                }
            }
        }
    }
}
