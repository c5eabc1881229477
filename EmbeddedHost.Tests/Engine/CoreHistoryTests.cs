using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The history that the client hands out.</summary>
public sealed class CoreHistoryTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task GetOrchestrationHistory_OneOfEach_HasEveryEventInOrder(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        _ = hub.Activity<int, int>("Good", static n => n)
            .Activity<int, int>("Bad", static _ => throw new TimeoutException("slow"))
            .Orchestrator("Child", static context => Task.FromResult(context.GetInput<int>()))
            .Orchestrator("All", static async context =>
            {
                _ = await context.CallActivityAsync<int>("Good", 1);
                _ = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<int>("Bad", 2));
                _ = await context.CallSubOrchestratorAsync<int>("Child", 3, new SubOrchestrationOptions(instanceId: "child"));
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                context.SendEvent(context.InstanceId, "E", 4);
                return await context.WaitForExternalEvent<int>("E");
            });
        var options = new StartOrchestrationOptions("all") { Version = "1.0" };
        _ = await hub.EndAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync("All", 0, options));

        var events = await hub.Client.GetOrchestrationHistoryAsync("all");

        Assert.Equal(
            [
                EventType.ExecutionStarted, EventType.TaskScheduled, EventType.TaskCompleted, EventType.TaskScheduled, EventType.TaskFailed,
                EventType.SubOrchestrationInstanceCreated, EventType.SubOrchestrationInstanceCompleted, EventType.TimerCreated,
                EventType.TimerFired, EventType.EventSent, EventType.EventRaised, EventType.ExecutionCompleted,
            ],
            events.Select(static e => e.EventType).Where(static type => type is not (EventType.OrchestratorStarted or EventType.OrchestratorCompleted)));
        Assert.Equal([EventType.OrchestratorStarted, EventType.ExecutionStarted], events.Take(2).Select(static e => e.EventType));
        Assert.Equal([EventType.ExecutionCompleted, EventType.OrchestratorCompleted], events.TakeLast(2).Select(static e => e.EventType));
        var started = Only<ExecutionStartedEvent>(events);
        Assert.Equal(("All", "1.0", "0", "all"), (started.Name, started.Version, started.Input, started.OrchestrationInstance!.InstanceId));
        Assert.Equal([("Good", "1"), ("Bad", "2")], events.OfType<TaskScheduledEvent>().Select(static e => (e.Name!, e.Input!)));
        Assert.Equal((0, "1"), (Only<TaskCompletedEvent>(events).TaskScheduledId, Only<TaskCompletedEvent>(events).Result));
        Assert.True(Only<TaskFailedEvent>(events).FailureDetails!.IsCausedBy<TimeoutException>());
        Assert.Equal("child", Only<SubOrchestrationInstanceCreatedEvent>(events).InstanceId);
        Assert.Equal("3", Only<SubOrchestrationInstanceCompletedEvent>(events).Result);
        Assert.Equal(Only<TimerCreatedEvent>(events).FireAt, Only<TimerFiredEvent>(events).FireAt);
        Assert.Equal(Only<TimerCreatedEvent>(events).EventId, Only<TimerFiredEvent>(events).TimerId);
        Assert.Equal(("E", "4"), (Only<EventRaisedEvent>(events).Name, Only<EventRaisedEvent>(events).Input));
        Assert.Equal((OrchestrationStatus.Completed, "4"), (Only<ExecutionCompletedEvent>(events).OrchestrationStatus, Only<ExecutionCompletedEvent>(events).Result));

        var child = Only<ExecutionStartedEvent>(await hub.Client.GetOrchestrationHistoryAsync("child"));
        Assert.Equal(("All", "all"), (child.ParentInstance!.Name, child.ParentInstance.OrchestrationInstance!.InstanceId));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task GetOrchestrationHistory_SteeredFromOutside_SaysWhy(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");
        await hub.Client.SuspendInstanceAsync(id, "audit");
        await hub.Client.ResumeInstanceAsync(id, "done");
        await hub.Client.TerminateInstanceAsync(id, "enough");
        _ = await hub.EndAsync(id);

        var events = await hub.Client.GetOrchestrationHistoryAsync(id);

        Assert.Equal("audit", Only<ExecutionSuspendedEvent>(events).Reason);
        Assert.Equal("done", Only<ExecutionResumedEvent>(events).Reason);
        Assert.Equal("\"enough\"", Only<ExecutionTerminatedEvent>(events).Input);
        Assert.Equal(OrchestrationStatus.Terminated, Only<ExecutionCompletedEvent>(events).OrchestrationStatus);
    }

    [Fact]
    public async Task GetOrchestrationHistory_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.GetOrchestrationHistoryAsync("nobody"));
    }

    [Fact]
    public void KnownTypes_OfHistoryEvents_AreTheEventsAndNothingAbstract()
    {
        var types = HistoryEvent.KnownTypes().ToList();

        Assert.Contains(typeof(TaskCompletedEvent), types);
        Assert.DoesNotContain(typeof(HistoryEvent), types);
    }

    private static T Only<T>(IEnumerable<HistoryEvent> events) => Assert.Single(events.OfType<T>());
}
