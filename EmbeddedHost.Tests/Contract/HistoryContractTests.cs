using DurableTask.Core;
using DurableTask.Core.History;
using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>The history that the client hands out.</summary>
public sealed class HistoryContractTests
{
    private const string InMemoryCannot = "The store in memory hands out no history.";

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task GetOrchestrationHistory_OneOfEach_HasEveryEventInOrder(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Good", static n => n)
            .Activity<int, int>("Bad", static _ => throw new TimeoutException("slow"))
            .Orchestrator<int, int>("Child", static (_, n) => Task.FromResult(n))
            .Orchestrator("All", static async context =>
            {
                _ = await context.CallActivityAsync<int>("Good", 1);
                _ = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<int>("Bad", 2));
                _ = await context.CallSubOrchestratorAsync<int>("Child", 3, new SubOrchestrationOptions(instanceId: "child"));
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                context.SendEvent(context.InstanceId, "E", 4);
                return await context.WaitForExternalEvent<int>("E");
            }));
        var options = new StartOrchestrationOptions("all") { Version = "1.0" };
        _ = await engine.EndAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync("All", 0, options));

        var events = await engine.Client.GetOrchestrationHistoryAsync("all");

        Assert.Equal(
            [
                EventType.ExecutionStarted, EventType.TaskScheduled, EventType.TaskCompleted, EventType.TaskScheduled, EventType.TaskFailed,
                EventType.SubOrchestrationInstanceCreated, EventType.SubOrchestrationInstanceCompleted, EventType.TimerCreated,
                EventType.TimerFired, EventType.EventSent, EventType.EventRaised, EventType.ExecutionCompleted,
            ],
            Types(events));
        Assert.Equal([EventType.OrchestratorStarted, EventType.ExecutionStarted], events.Take(2).Select(static e => e.EventType));
        Assert.Equal([EventType.ExecutionCompleted, EventType.OrchestratorCompleted], events.TakeLast(2).Select(static e => e.EventType));
        var started = Only<ExecutionStartedEvent>(events);
        Assert.Equal(("All", "1.0", "0", "all"), (started.Name, started.Version, started.Input, started.OrchestrationInstance!.InstanceId));
        Assert.Equal(["Good", "Bad"], events.OfType<TaskScheduledEvent>().Select(static e => e.Name!));
        Assert.Equal((0, "1"), (Only<TaskCompletedEvent>(events).TaskScheduledId, Only<TaskCompletedEvent>(events).Result));
        Assert.True(Only<TaskFailedEvent>(events).FailureDetails!.IsCausedBy<TimeoutException>());
        Assert.Equal("child", Only<SubOrchestrationInstanceCreatedEvent>(events).InstanceId);
        Assert.Equal("3", Only<SubOrchestrationInstanceCompletedEvent>(events).Result);
        Assert.Equal(Only<TimerCreatedEvent>(events).FireAt, Only<TimerFiredEvent>(events).FireAt);
        Assert.Equal(Only<TimerCreatedEvent>(events).EventId, Only<TimerFiredEvent>(events).TimerId);
        Assert.Equal(("E", "4"), (Only<EventRaisedEvent>(events).Name, Only<EventRaisedEvent>(events).Input));
        Assert.Equal((OrchestrationStatus.Completed, "4"), (Only<ExecutionCompletedEvent>(events).OrchestrationStatus, Only<ExecutionCompletedEvent>(events).Result));

        var child = Only<ExecutionStartedEvent>(await engine.Client.GetOrchestrationHistoryAsync("child"));
        Assert.Equal(("All", "all"), (child.ParentInstance!.Name, child.ParentInstance.OrchestrationInstance!.InstanceId));
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task GetOrchestrationHistory_SteeredFromOutside_SaysWhy(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E")));
        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync(id, "audit");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.ResumeInstanceAsync(id, "done");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync(id, "enough");
        _ = await engine.EndAsync(id);

        var events = await engine.Client.GetOrchestrationHistoryAsync(id);

        Assert.Equal(
            [
                EventType.ExecutionStarted, EventType.ExecutionSuspended, EventType.ExecutionResumed, EventType.ExecutionTerminated,
                EventType.ExecutionCompleted,
            ],
            Types(events));
        Assert.Equal("audit", Only<ExecutionSuspendedEvent>(events).Reason);
        Assert.Equal("done", Only<ExecutionResumedEvent>(events).Reason);
        Assert.Equal("\"enough\"", Only<ExecutionTerminatedEvent>(events).Input);
        Assert.Equal(
            (OrchestrationStatus.Terminated, "\"enough\""),
            (Only<ExecutionCompletedEvent>(events).OrchestrationStatus, Only<ExecutionCompletedEvent>(events).Result));
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task GetOrchestrationHistory_ContinuedAsNew_IsThatOfTheLastExecution(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Good", static n => n)
            .Orchestrator<int, int>("Twice", static async (context, n) =>
            {
                if (await context.CallActivityAsync<int>("Good", n) == 0)
                {
                    context.ContinueAsNew(1);
                }

                return n;
            }));
        var ended = await engine.RunAsync("Twice", 0);

        var events = await engine.Client.GetOrchestrationHistoryAsync(ended.InstanceId);

        Assert.Equal(
            [EventType.ExecutionStarted, EventType.TaskScheduled, EventType.TaskCompleted, EventType.ExecutionCompleted], Types(events));
        Assert.Equal("1", Only<ExecutionStartedEvent>(events).Input);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task GetOrchestrationHistory_Failed_EndsWithTheFailure(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int>("Throw", static _ => throw new InvalidDataException("bad data")));
        var ended = await engine.RunAsync("Throw");

        var end = Only<ExecutionCompletedEvent>(await engine.Client.GetOrchestrationHistoryAsync(ended.InstanceId));

        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Equal("bad data", end.FailureDetails!.ErrorMessage);
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "On Azure Storage a rewind has no event of its own.")]
    public async Task GetOrchestrationHistory_Rewound_SaysWhyAndNotWhatFailed(EngineKind kind)
    {
        var events = await RewoundAsync(kind);

        Assert.Equal(
            [
                EventType.ExecutionStarted, EventType.TaskScheduled, EventType.ExecutionRewound, EventType.TaskCompleted,
                EventType.ExecutionCompleted,
            ],
            Types(events));
        Assert.Equal("repaired", Only<ExecutionRewoundEvent>(events).Reason);
    }

    [Theory]
    [Engines(Only = [EngineKind.AzureStorage], Because = "The embedded host has an event of its own for it; the store in memory cannot rewind.")]
    public async Task GetOrchestrationHistory_Rewound_HasGenericEventsForWhatFailed(EngineKind kind) => Assert.Equal(
        [
            EventType.ExecutionStarted, EventType.GenericEvent, EventType.GenericEvent, EventType.GenericEvent, EventType.GenericEvent,
            EventType.TaskScheduled, EventType.TaskCompleted, EventType.ExecutionCompleted,
        ],
        Types(await RewoundAsync(kind)));

    /// <summary>The history of an instance that failed once, and ended well when it was rewound.</summary>
    private static async Task<IList<HistoryEvent>> RewoundAsync(EngineKind kind)
    {
        var runs = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Once", n => Interlocked.Increment(ref runs) == 1 ? throw new TimeoutException("down") : n)
            .Orchestrator("One", static context => context.CallActivityAsync<int>("Once", 1)));
        var id = (await engine.RunAsync("One")).InstanceId;
        await engine.Client.RewindInstanceAsync(id, "repaired");
        Assert.Equal(1, (await engine.EndAsync(id)).ReadOutputAs<int>());

        return await engine.Client.GetOrchestrationHistoryAsync(id);
    }

    private static IEnumerable<EventType> Types(IEnumerable<HistoryEvent> events) =>
        events.Select(static e => e.EventType).Where(static type => type is not (EventType.OrchestratorStarted or EventType.OrchestratorCompleted));

    private static T Only<T>(IEnumerable<HistoryEvent> events) => Assert.Single(events.OfType<T>());
}
