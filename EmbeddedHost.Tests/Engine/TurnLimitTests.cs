using EmbeddedHost.Engine;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Orchestrators whose code runs at the same time.</summary>
public sealed class TurnLimitTests
{
    [Fact]
    public async Task MaxConcurrentOrchestrators_MoreAreReady_TheOthersWaitWithoutAThread()
    {
        var (running, most) = (0, 0);
        using var release = new ManualResetEventSlim();
        await using var hub = new HubFixture(new TaskHubOptions { MaxConcurrentOrchestrators = 2 });
        _ = hub.Orchestrator("Busy", context =>
        {
            var now = Interlocked.Increment(ref running);
            _ = Interlocked.Exchange(ref most, Math.Max(most, now));
            release.Wait();
            _ = Interlocked.Decrement(ref running);
            return Task.FromResult(1);
        });

        var starts = Enumerable.Range(0, 20).Select(_ => Task.Run(() => hub.StartAsync("Busy"))).ToList();
        await HubFixture.UntilAsync(() => hub.Hub.Turns.Waiting == 18, "all but two wait");
        Assert.Equal(2, Volatile.Read(ref running));
        release.Set();
        foreach (var start in starts)
        {
            _ = await hub.EndAsync(await start);
        }

        Assert.Equal(2, most);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task MaxConcurrentOrchestrators_One_ParentsAndChildrenTakeTurns(int warm)
    {
        await using var hub = new HubFixture(new TaskHubOptions { MaxWarmOrchestrators = warm, MaxConcurrentOrchestrators = 1 });
        _ = hub.Activity<int, int>("Echo", static async n =>
            {
                await Task.Yield();
                return n;
            })
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Echo", context.GetInput<int>()))
            .Orchestrator("Parent", static async context => (await Task.WhenAll(
                Enumerable.Range(0, 30).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum());

        Assert.Equal(435, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }
}
