using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Apps;

public sealed class RelayTests
{
    [Fact]
    public async Task Relay_AnsweredBy202_IsFollowedToTheOutcome()
    {
        await using var host = await StartAsync();

        var output = (await host.RunAsync("api/relay/Follow")).Output().GetString()!;

        Assert.StartsWith("OK ", output, StringComparison.Ordinal);
        Assert.Contains("\"output\":\"echo\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relay_RefusedAtFirst_IsSentAgain()
    {
        await using var host = await StartAsync();

        Assert.Equal("OK kind please text/plain", (await host.RunAsync("api/relay/Insist")).Output().GetString());
    }

    private static Task<RunningHost> StartAsync() => RunningHost.StartAsync(
        [typeof(Relay)], builder => builder.Services.AddSingleton<Relay.Moods>(), clock: new ManualClock(skipsAhead: true));
}
