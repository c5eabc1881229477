using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Events from outside: who gets them, and in what order.</summary>
public sealed class ExternalEventTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_NameInAnotherCase_GetsTheEvent(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("Approval"));

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "aPPROVAL", "yes");

        Assert.Equal("yes", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_TwoWaiters_NewestGetsTheFirstEvent(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
        {
            var older = context.WaitForExternalEvent<string>("E");
            var newer = context.WaitForExternalEvent<string>("E");
            return $"older {await older}, newer {await newer}";
        });

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "E", "1");
        await hub.Client.RaiseEventAsync(id, "E", "2");

        Assert.Equal("older 2, newer 1", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_RaisedBeforeTheWait_GetsThemInOrder(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
        {
            await context.WaitForExternalEvent<object?>("Go");
            return await context.WaitForExternalEvent<string>("E") + await context.WaitForExternalEvent<string>("E");
        });

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "E", "1");
        await hub.Client.RaiseEventAsync(id, "E", "2");
        await hub.Client.RaiseEventAsync(id, "Go");

        Assert.Equal("12", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_RaisedBeforeTheStart_GetsTheEvent(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", new StartOrchestrationOptions(StartAt: ManualClock.Start.AddHours(1)));
        await hub.Client.RaiseEventAsync(id, "E", "early");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync(id)).RuntimeStatus);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("early", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_CancelledWaiter_LeavesTheEventToTheNext(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
        {
            using var givesUp = new CancellationTokenSource();
            var cancelled = context.WaitForExternalEvent<string>("E", givesUp.Token);
            // Not CancelAsync: it would go on outside of the turn.
            givesUp.Cancel();
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
            return await context.WaitForExternalEvent<string>("E");
        });

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "E", "kept");

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_TimesOut_ThrowsAndTheLateEventGoesToTheNextWaiter(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Wait", static async context =>
        {
            _ = await Assert.ThrowsAsync<TaskCanceledException>(
                () => context.WaitForExternalEvent<string>("E", TimeSpan.FromDays(3)));
            context.SetCustomStatus("late");
            return await context.WaitForExternalEvent<string>("E");
        });

        var id = await hub.StartAsync("Wait");
        clock.Advance(TimeSpan.FromDays(3));
        await hub.ShowsAsync(id, "late");
        await hub.Client.RaiseEventAsync(id, "E", "kept");

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_InfiniteTimeout_WaitsWithoutATimer(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E", Timeout.InfiniteTimeSpan));

        var id = await hub.StartAsync("Wait");
        Assert.Null(hub.Hub.Reader.Find(id, payloads: false)!.WakeAt);
        await hub.Client.RaiseEventAsync(id, "E", "at last");

        Assert.Equal("at last", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_ComesInTime_ItsTimerKeepsNothingAlive(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E", TimeSpan.FromDays(3)));

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "E", "in time");

        var ended = await hub.EndAsync(id);
        Assert.Equal("in time", ended.ReadOutputAs<string>());
        Assert.Equal(ManualClock.Start, ended.LastUpdatedAt);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_NoPayloadForAValueType_GetsTheDefault(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
            context.GetInput<int>() + await context.WaitForExternalEvent<int>("E") + await context.CallActivityAsync<int>("Nothing"))
            .Activity("Nothing", static _ => Task.CompletedTask);

        var id = await hub.StartAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(0, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task AnEvent_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("nobody", "E"));
    }

    [Fact]
    public async Task AnEvent_EndedInstance_IsDropped()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));

        var ended = await hub.RunAsync("End");
        await hub.Client.RaiseEventAsync(ended.InstanceId, "E");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetAsync(ended.InstanceId)).RuntimeStatus);
    }

    [Fact]
    public async Task AnEvent_ForARunThatMadeWayForOneWithAnEarlierKey_IsDroppedAtOnce()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");

        // Of two starts under one id, that which had its key first may come second, when the other has ended.
        var ended = hub.Hub.Reader.Find(id, payloads: false)! with { Key = hub.Hub.NextKey() };
        await hub.Hub.SendAsync(ended, new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "E", Payload = hub.Serialize(1) })
            .WaitAsync(TimeSpan.FromSeconds(30));
        await hub.Client.RaiseEventAsync(id, "E", 2);

        Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }
}
