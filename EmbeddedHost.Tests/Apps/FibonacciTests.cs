using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Apps;

public sealed class FibonacciTests
{
    [Fact]
    public async Task Fibonacci_OfSubOrchestrations_AddsUp()
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Fibonacci)], builder => builder.ConfigureFunctionsWorkerDefaults());

        Assert.Equal(21, (await host.RunAsync("api/fibonacci", 8)).Output().GetInt32());
    }
}
