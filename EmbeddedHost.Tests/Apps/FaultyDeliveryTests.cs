using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Apps;

public sealed class FaultyDeliveryTests
{
    private static readonly Type[] Functions = [typeof(FaultyDelivery)];

    [Theory]
    [InlineData("ByPolicy", "a", 2, "delivered at 3")]
    [InlineData("ByHandler", "a", 8, "delivered at 9")]
    [InlineData("BySubOrchestration", "a", 3, "delivered at 4")]
    public async Task FaultyDelivery_FailsAtFirst_IsRetriedUntilItSucceeds(string how, string parcel, int failsFirst, string expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, (await host.RunAsync($"api/deliveries/{how}", new { id = parcel, failsFirst })).Output().GetString());
    }

    [Theory]
    [InlineData("ByPolicy", "a", 3)]
    [InlineData("ByHandler", "nowhere", 1)]
    public async Task FaultyDelivery_RetriesRunOut_FailsWithTheReason(string how, string parcel, int attempts)
    {
        await using var host = await StartAsync();

        var ended = await host.RunAsync($"api/deliveries/{how}", new { id = parcel, failsFirst = 99 });

        Assert.Equal("Failed", ended.Status());
        Assert.Contains(
            parcel == "nowhere" ? "Nobody lives at nowhere." : "The van broke down.", ended.GetProperty("output").ToString(), StringComparison.Ordinal);
        Assert.Equal(attempts, host.Services.GetRequiredService<FaultyDelivery.Carrier>().Attempts(parcel));
    }

    [Fact]
    public async Task FaultyDelivery_CaughtFailure_IsAValueToTheOrchestrator()
    {
        await using var host = await StartAsync();

        var ended = await host.RunAsync("api/deliveries/BySubOrchestration", new { id = "nowhere", failsFirst = 0 });

        Assert.StartsWith("Once gave up: ", ended.Output().GetString(), StringComparison.Ordinal);
        Assert.Equal(4, host.Services.GetRequiredService<FaultyDelivery.Carrier>().Attempts("nowhere"));
    }

    private static Task<RunningHost> StartAsync() => RunningHost.StartAsync(
        Functions, builder => builder.Services.AddSingleton<FaultyDelivery.Carrier>(), clock: new ManualClock(skipsAhead: true));
}
