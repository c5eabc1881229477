using DurableTask.Core;

namespace EmbeddedHost.Engine.History;

/// <summary>
/// One event of an instance's history: a message that reached it (a result, an event, a fired timer) or an action
/// that its orchestrator decided on (a task, a timer, a sub-orchestration, an event sent).
/// </summary>
internal sealed class HistoryEvent
{
    // What an event of that kind has for a name: on disk, so never change it.
    private const string WithChildren = "recursive";

    /// <summary>What happened.</summary>
    public required HistoryEventKind Kind { get; init; }

    /// <summary>
    /// The action's number in its instance, from 0; a result carries its action's, <see cref="HistoryEventKind.ContinuedAsNew"/>
    /// and <see cref="HistoryEventKind.ExecutionRewound"/> the first that may be used from there. -1: none.
    /// </summary>
    public int TaskId { get; init; } = -1;

    /// <summary>The activity's, orchestrator's or event's name; the reason of a suspend, resume or rewind.</summary>
    public string? Name { get; init; }

    /// <summary>The instance that a sub-orchestration runs as, or that an event was sent to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Input, result or event payload: UTF-8 JSON, null where there is none.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>When a timer is due (UTC).</summary>
    public DateTime? FireAt { get; init; }

    /// <summary>Why a task failed.</summary>
    public FailureDetails? Failure { get; init; }

    /// <summary>The version of the activity or orchestrator that was asked for; null is none.</summary>
    public string? Version { get; init; }

    /// <summary>What an activity or sub-orchestration was tagged with; null is nothing.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>True for what the orchestrator decided; false for what reached it from outside.</summary>
    public bool IsAction => Kind is HistoryEventKind.TaskScheduled or HistoryEventKind.SubOrchestrationCreated
        or HistoryEventKind.TimerCreated or HistoryEventKind.EventSent;

    /// <summary>True for what answers an action of the same <see cref="TaskId"/>.</summary>
    public bool IsAnswer => Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed
        or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.SubOrchestrationFailed or HistoryEventKind.TimerFired;

    /// <summary>True for the answer of an activity or sub-orchestration that failed.</summary>
    public bool IsFailure => Kind is HistoryEventKind.TaskFailed or HistoryEventKind.SubOrchestrationFailed;

    /// <summary>True where the message may be lost in a crash because its cause runs again (an activity's result).</summary>
    public bool IsRepeatable => Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed or HistoryEventKind.TimerFired;

    /// <summary>True for a termination that the instance's sub-orchestrations share.</summary>
    public bool EndsChildren => Kind == HistoryEventKind.ExecutionTerminated && Name == WithChildren;

    /// <summary>The message that terminates an instance.</summary>
    public static HistoryEvent Termination(byte[]? output, bool endsChildren) =>
        new() { Kind = HistoryEventKind.ExecutionTerminated, Payload = output, Name = endsChildren ? WithChildren : null };

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        HistoryEventKind.TaskScheduled => $"activity '{Name}' (#{TaskId})",
        HistoryEventKind.SubOrchestrationCreated => $"sub-orchestration '{Name}' (#{TaskId})",
        HistoryEventKind.TimerCreated => $"timer (#{TaskId})",
        HistoryEventKind.EventSent => $"event '{Name}' to '{InstanceId}' (#{TaskId})",
        _ => TaskId >= 0 ? $"{Kind} (#{TaskId})" : $"{Kind}",
    };
}

/// <summary>What a history event records. The numbers are on disk: never change or reuse one.</summary>
internal enum HistoryEventKind : byte
{
    ExecutionStarted = 1,
    TaskScheduled = 2,
    TaskCompleted = 3,
    TaskFailed = 4,
    SubOrchestrationCreated = 5,
    SubOrchestrationCompleted = 6,
    SubOrchestrationFailed = 7,
    TimerCreated = 8,
    TimerFired = 9,
    EventSent = 10,
    EventRaised = 11,
    ExecutionSuspended = 12,
    ExecutionResumed = 13,
    ExecutionTerminated = 14,
    ContinuedAsNew = 15,
    ExecutionRewound = 16,
}

/// <summary>One turn: its clock, the messages it took in, then the actions that the orchestrator decided on.</summary>
internal sealed record HistoryTurn(DateTime At, IReadOnlyList<HistoryEvent> Events);
