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
    public async Task WaitForInstanceCompletion_Cancelled_Throws()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        var id = await hub.StartAsync("Wait");
        using var impatient = new CancellationTokenSource();

        var ended = hub.Client.WaitForInstanceCompletionAsync(id, impatient.Token);
        await impatient.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended);
    }

    [Fact]
    public async Task WaitForInstanceCompletion_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.WaitForInstanceCompletionAsync("nobody"));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SetCustomStatus_EachTurn_ShowsTheLast(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Show", static async context =>
        {
            context.SetCustomStatus("waits");
            await context.WaitForExternalEvent<object?>("E");
            context.SetCustomStatus(null);
            await context.WaitForExternalEvent<object?>("E");
            context.SetCustomStatus("done");
            return 1;
        });

        var id = await hub.StartAsync("Show");
        Assert.Equal("waits", (await hub.GetAsync(id)).ReadCustomStatusAs<string>());
        await hub.Client.RaiseEventAsync(id, "E");
        Assert.Null((await hub.GetAsync(id)).SerializedCustomStatus);
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal("done", (await hub.EndAsync(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task PurgeInstance_Ended_LeavesNothing()
    {
        await using var hub = new HubFixture();
        Family(hub);
        _ = await hub.RunAsync("Parent", instanceId: "p");

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("p")).PurgedInstanceCount);

        Assert.Null(await hub.Client.GetInstanceAsync("p"));
        Assert.NotNull(await hub.Client.GetInstanceAsync("p-child"));
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("p")).PurgedInstanceCount);
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

        // Whoever asked for the end is answered before the instance has left memory.
        scheduler.Hold(runsFirst: false);
        await hub.Client.TerminateInstanceAsync(id);
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
    public async Task PurgeInstance_Running_IsLeftAlone()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        var id = await hub.StartAsync("Wait");

        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);

        await hub.Client.RaiseEventAsync(id, "E", "fine");
        Assert.Equal("fine", (await hub.EndAsync(id)).ReadOutputAs<string>());
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
