using EmbeddedHost.Engine;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>An orchestrator whose code blocks, or whose process dies in it: clients are answered, and nothing accepted is lost.</summary>
public sealed class BlockedTurnTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Clients_WhileTheFirstTurnBlocks_AreAnswered(int warm)
    {
        using var release = new ManualResetEventSlim();
        await using var hub = new HubFixture(warm);
        _ = Blocking(hub, release);

        var id = await hub.ScheduleAsync("Block");
        var before = await hub.GetAsync(id);
        await hub.Client.RaiseEventAsync(id, "E", "first");
        await hub.Client.RaiseEventAsync(id, "E", "second");
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.ResumeInstanceAsync(id);
        release.Set();

        Assert.Equal(OrchestrationRuntimeStatus.Pending, before.RuntimeStatus);
        Assert.Equal("first second", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_WhileTheFirstTurnBlocks_IsAnsweredAndEndsIt(int warm)
    {
        using var release = new ManualResetEventSlim();
        await using var hub = new HubFixture(warm);
        _ = Blocking(hub, release);
        var id = await hub.ScheduleAsync("Block");

        await hub.Client.TerminateInstanceAsync(id, "enough");
        release.Set();

        var ended = await hub.EndAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Start_EveryPlaceForTurnsIsTaken_IsAnsweredAndPending()
    {
        using var release = new ManualResetEventSlim();
        await using var hub = new HubFixture(new TaskHubOptions { MaxConcurrentOrchestrators = 1 });
        _ = Blocking(hub, release);
        var first = await hub.ScheduleAsync("Block");

        var second = await hub.ScheduleAsync("Block");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync(second)).RuntimeStatus);

        release.Set();
        foreach (var id in new[] { first, second })
        {
            await hub.Client.TerminateInstanceAsync(id);
            _ = await hub.EndAsync(id);
        }
    }

    [Fact]
    public async Task Start_SameIdWhileTheFirstTurnBlocks_IsRefusedAtOnce()
    {
        using var release = new ManualResetEventSlim();
        await using var hub = new HubFixture();
        _ = Blocking(hub, release);
        var id = await hub.ScheduleAsync("Block", instanceId: "one");

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.ScheduleAsync("Block", instanceId: "one"));

        release.Set();
        await hub.Client.TerminateInstanceAsync(id);
        _ = await hub.EndAsync(id);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Crash_InTheFirstTurn_LosesNeitherTheInstanceNorItsEvents(int warm)
    {
        using var release = new ManualResetEventSlim();
        var runs = 0;
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Block", async context =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                release.Wait();
            }

            return await context.WaitForExternalEvent<string>("E") + " " + await context.WaitForExternalEvent<string>("E");
        });
        var id = await hub.ScheduleAsync("Block");
        await HubFixture.UntilAsync(() => Volatile.Read(ref runs) == 1, "the first turn runs");
        await hub.Client.RaiseEventAsync(id, "E", "first");
        await hub.Client.RaiseEventAsync(id, "E", "second");

        await hub.CrashAndRestartAsync();

        Assert.Equal("first second", (await hub.EndAsync(id)).ReadOutputAs<string>());
        release.Set();
    }

    [Fact]
    public async Task Events_RaisedOneAfterTheOther_ReachTheInstanceInThatOrder()
    {
        const int Events = 200;
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Collect", static async context =>
        {
            var seen = new List<int>();
            while (seen.Count < Events)
            {
                seen.Add(await context.WaitForExternalEvent<int>("E"));
            }

            return seen;
        });
        var id = await hub.StartAsync("Collect");

        for (var i = 0; i < Events; i++)
        {
            await hub.Client.RaiseEventAsync(id, "E", i);
        }

        Assert.Equal(Enumerable.Range(0, Events), (await hub.EndAsync(id)).ReadOutputAs<List<int>>()!);
        Assert.Equal(0, hub.Scalar<long>("SELECT count(*) FROM mail"));
    }

    private static HubFixture Blocking(HubFixture hub, ManualResetEventSlim release) => hub.Orchestrator("Block", async context =>
    {
        release.Wait();
        return await context.WaitForExternalEvent<string>("E") + " " + await context.WaitForExternalEvent<string>("E");
    });
}
