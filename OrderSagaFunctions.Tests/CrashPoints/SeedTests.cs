using EmbeddedHost.Testing;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>Whatever order things happen in, an order comes out the same.</summary>
public sealed class SeedTests
{
    private const int Seeds = 50;

    [Theory]
    [InlineData("seed")]
    [InlineData("3-seed")]
    public async Task Seed_AnyOfFifty_LeavesTheSameOutcomeAndRows(string orderId)
    {
        var ends = new HashSet<OrderEnd>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Seed = seed });
            var run = new OrderRun(host, EndToEnd.Orders.Plain(orderId));
            await run.SubmitTwiceAsync();
            _ = ends.Add(await run.EndAsync());
        }

        _ = Assert.Single(ends);
    }
}
