using Bench.Abuse;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The benchmark's abuse in short: large, slow and broken requests beside orders.</summary>
public sealed class AbuseTests
{
    // How fast the orders are is for the benchmark to judge, where nothing else runs.
    private const int AnyTime = 60_000;

    [Fact]
    public async Task Orders_BesideAbuse_AllSucceedInBoundedMemory() =>
        Assert.Equal(0, await new AbuseRun(new AbuseOptions(Connections: 150, Seconds: 5, OrdersASecond: 10, AnyTime)).RunAsync());
}
