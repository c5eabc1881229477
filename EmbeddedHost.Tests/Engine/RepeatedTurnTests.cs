using System.Diagnostics.CodeAnalysis;
using EmbeddedHost.Engine;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>What the platform does to a turn is not the orchestrator's result: the turn runs again.</summary>
[SuppressMessage("Usage", "MA0012", Justification = "Memory does run out: that is what is tested.")]
public sealed class RepeatedTurnTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task OutOfMemory_Once_TheTurnRunsAgain(int warm)
    {
        var runs = 0;
        await using var hub = new HubFixture(new TaskHubOptions { MaxWarmOrchestrators = warm, TurnRetryAfter = TimeSpan.Zero });
        _ = hub.Activity<int, int>("Double", static n => 2 * n).Orchestrator("Hungry", async context =>
        {
            context.SetCustomStatus("begun");
            var doubled = await context.CallActivityAsync<int>("Double", 21);
            return Interlocked.Increment(ref runs) <= 2 ? throw new OutOfMemoryException() : doubled;
        });

        var ended = await hub.RunAsync("Hungry");

        Assert.Equal((OrchestrationRuntimeStatus.Completed, 42), (ended.RuntimeStatus, ended.ReadOutputAs<int>()));
        Assert.Equal(3, runs);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task OutOfMemory_InTheFirstTurn_KeepsWhatArrivedWithIt(int warm)
    {
        var runs = 0;
        await using var hub = new HubFixture(new TaskHubOptions { MaxWarmOrchestrators = warm, TurnRetryAfter = TimeSpan.Zero });
        _ = hub.Orchestrator("Hungry", async context =>
        {
            var name = await context.WaitForExternalEvent<string>("E");
            return Interlocked.Increment(ref runs) == 1 ? throw new InvalidOperationException("wrapped", new OutOfMemoryException()) : name;
        });
        var id = await hub.StartAsync("Hungry");

        await hub.Client.RaiseEventAsync(id, "E", "Ada");

        Assert.Equal("Ada", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task OutOfMemory_AgainAndAgain_IsTriedAtGrowingIntervals()
    {
        var clock = new ManualClock();
        var runs = 0;
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("Hungry", context => Interlocked.Increment(ref runs) < 3 ? throw new OutOfMemoryException() : Task.FromResult(1));
        var id = await hub.ScheduleAsync("Hungry");

        foreach (var (before, wait) in new[] { (1, 1), (2, 2) })
        {
            await HubFixture.UntilAsync(() => Volatile.Read(ref runs) == before && clock.Armed == 1, "the turn waits");
            clock.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Turn_LongerThanItMay_RunsAgainOnAnotherThread(int warm)
    {
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        var clock = new ManualClock();
        var runs = 0;
        await using var hub = new HubFixture(
            new TaskHubOptions { MaxWarmOrchestrators = warm, TurnTimeout = Limit, MaxConcurrentOrchestrators = 1 }, clock);
        _ = hub.Activity<int, int>("Double", static n => 2 * n).Orchestrator("Slow", async context =>
        {
            var doubled = await context.CallActivityAsync<int>("Double", 21);
            if (Interlocked.Increment(ref runs) == 1)
            {
                blocked.Set();
                release.Wait();
                return -1;
            }

            return doubled;
        });
        var id = await hub.StartAsync("Slow");
        await HubFixture.UntilAsync(() => blocked.IsSet, "the turn blocks");

        clock.Advance(Limit);
        var ended = await hub.EndAsync(id);
        release.Set();

        Assert.Equal((OrchestrationRuntimeStatus.Completed, 42), (ended.RuntimeStatus, ended.ReadOutputAs<int>()));
        // The one that was given up has changed nothing, and holds no place.
        Assert.Equal(42, (await hub.RunAsync("Slow")).ReadOutputAs<int>());
        Assert.Equal(42, (await hub.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Turns_TogetherLongerThanOneMay_AreNotCutOff()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(new TaskHubOptions { TurnTimeout = Limit }, clock);
        _ = hub.Orchestrator("Sleep", static async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 1;
        });
        var id = await hub.StartAsync("Sleep");

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }
}
