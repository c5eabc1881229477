using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>What a client sees of instances: waits, scheduled starts, purges.</summary>
public sealed class ClientTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForInstanceStart_ScheduledForLater_CompletesWhenItRuns(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", "input", new StartOrchestrationOptions(StartAt: ManualClock.Start.AddDays(2)));
        var started = hub.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(started.IsCompleted);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync(id)).RuntimeStatus);
        clock.Advance(TimeSpan.FromDays(1));

        var row = await started.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(OrchestrationRuntimeStatus.Running, row.RuntimeStatus);
        Assert.Equal("input", row.ReadInputAs<string>());
    }

    [Fact]
    public async Task Schedule_CrashBeforeTheScheduledTime_StartsOnTime()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("Now", static context => Task.FromResult(context.CurrentUtcDateTime));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Now", new StartOrchestrationOptions(StartAt: ManualClock.Start.AddDays(2)));
        await hub.CrashAndRestartAsync();
        clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(ManualClock.Start.AddDays(2).UtcDateTime, (await hub.EndAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task WaitForInstanceCompletion_AwokenTooEarly_WaitsOn()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        var id = await hub.StartAsync("Wait", instanceId: "again");

        // A waiter of an earlier run of the id that finds it ended completes this one too.
        var ended = hub.Client.WaitForInstanceCompletionAsync(id);
        hub.Hub.Ended.Complete(id, row: null);
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await ended).RuntimeStatus);
    }

    [Fact]
    public async Task Wait_UnknownInstance_WaitsForItUntilCancelled()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));
        using var impatient = new CancellationTokenSource();

        var started = hub.Client.WaitForInstanceStartAsync("later");
        var ended = hub.Client.WaitForInstanceCompletionAsync("later");
        var never = hub.Client.WaitForInstanceCompletionAsync("nobody", impatient.Token);
        _ = await hub.StartAsync("End", instanceId: "later");
        await impatient.CancelAsync();

        Assert.Equal("later", (await started).InstanceId);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await ended).RuntimeStatus);
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
    }

    [Fact]
    public async Task PurgeInstance_RightAfterItsEnd_IsGoneAtOnce()
    {
        var scheduler = new HeldScheduler();
        await using var hub = new HubFixture(scheduler: scheduler);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        var id = await hub.StartAsync("Wait");
        // Nobody drives it then.
        await hub.CrashAndRestartAsync();

        await hub.Client.TerminateInstanceAsync(id);
        // Its end is on disk; it may not have left memory.
        await hub.ReachesAsync(id, OrchestrationRuntimeStatus.Terminated);
        scheduler.Hold(runs: 0);
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);

        Assert.Null(await hub.Client.GetInstanceAsync(id));
        scheduler.Release();
    }

    [Fact]
    public async Task PurgeInstance_Recursive_TakesTheChildren()
    {
        await using var hub = new HubFixture();
        Family(hub);
        _ = await hub.RunAsync("Parent", instanceId: "p");

        Assert.Equal(2, (await hub.Client.PurgeInstanceAsync("p", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);

        foreach (var table in (string[])["instances", "status", "custom_status", "outcomes", "history", "mail"])
        {
            Assert.Equal(0, hub.Scalar<long>($"SELECT count(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task PurgeAllInstances_Filter_TakesThoseThatEndedAndMatch()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("End", static context => context.GetInput<bool>() ? Task.FromResult(1) : throw new TimeoutException())
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        for (var day = 0; day < 3; day++)
        {
            _ = await hub.RunAsync("End", input: true, $"good-{day}");
            _ = await hub.RunAsync("End", input: false, $"bad-{day}");
            _ = await hub.StartAsync("Wait", instanceId: $"open-{day}");
            clock.Advance(TimeSpan.FromDays(1));
        }

        var failed = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(
            ManualClock.Start, ManualClock.Start.AddDays(1), [OrchestrationRuntimeStatus.Failed]));
        var rest = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: ManualClock.Start.AddDays(1)));

        Assert.Equal(2, failed.PurgedInstanceCount);
        Assert.Equal(3, rest.PurgedInstanceCount);
        Assert.Equal(["good-0", "open-0", "open-1", "open-2"], await ListTests.IdsAsync(hub, new OrchestrationQuery()));
    }

    [Fact]
    public async Task PurgeAllInstances_Recursive_TakesTheChildrenThatDoNotMatch()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("Child", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return 1;
            })
            .Orchestrator("Parent", static async context =>
            {
                await context.WaitForExternalEvent<int>("E");
                return await context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
            });
        var id = await hub.StartAsync("Parent");
        clock.Advance(TimeSpan.FromDays(1));
        await hub.Client.RaiseEventAsync(id, "E", 1);
        await HubFixture.UntilAsync(() => hub.Hub.Timers.Held > 0, "the child sleeps");
        clock.Advance(TimeSpan.FromHours(1));
        _ = await hub.EndAsync(id);

        var purged = await hub.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedTo: ManualClock.Start), new PurgeInstanceOptions(Recursive: true));

        Assert.Equal(2, purged.PurgedInstanceCount);
        Assert.True(purged.IsComplete);
    }

    [Fact]
    public async Task PurgeAllInstances_TimeIsUp_SaysThatItIsNotComplete()
    {
        await using var hub = new HubFixture();
        Family(hub);
        _ = await hub.RunAsync("Parent", instanceId: "p");

        var none = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.Zero });
        var all = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.FromMinutes(1) });

        Assert.Equal((0, false), (none.PurgedInstanceCount, none.IsComplete));
        Assert.Equal((2, true), (all.PurgedInstanceCount, all.IsComplete));
    }

    private static void Family(HubFixture hub) => hub
        .Orchestrator("Child", static _ => Task.FromResult(1))
        .Orchestrator("Parent", static context =>
        {
            context.SetCustomStatus("x");
            return context.CallSubOrchestratorAsync<int>(
                "Child", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
        });
}
