using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>Orders from two locations, crashed at every commit.</summary>
public sealed class FulfilmentCrashTests
{
    [Theory]
    [InlineData("both", 1)]
    [InlineData("one-short", 11)]
    public async Task Crash_AtAnyCommit_LeavesTheSameOutcomeAndRows(string orderId, int fromTheSouth)
    {
        var points = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            App(),
            async host =>
            {
                var shop = new LocationShop(host);
                await host.PersistAsync(() => shop.SubmitAsync(Order(orderId, fromTheSouth)));
                var order = await host.PersistAsync(() => shop.EndOfAsync(orderId));
                var reserved = Reserved(await shop.ReadAsync("/api/inventory"));
                return $"{string.Join(' ', order.Path)} / {order.Child(North)} / {order.Child(South)} / {order.Shipments()} / {reserved}";
            },
            static (point, expected, actual) =>
                Assert.True(expected == actual, $"Crash {point}:{Environment.NewLine}expected {expected}{Environment.NewLine}found    {actual}"));

        Assert.True(points > 20, $"{points} crash points");
    }
}
