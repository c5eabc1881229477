using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.History;

/// <summary>
/// One event of an instance's history: a message that reached it (a result, an event, a fired timer) or an action
/// that its orchestrator decided on (a task, a timer, a sub-orchestration, an event sent).
/// </summary>
internal sealed class HistoryEvent
{
    /// <summary>What happened.</summary>
    public required HistoryEventKind Kind { get; init; }

    /// <summary>
    /// The action's number in its instance, from 0; a result carries its action's, <see cref="HistoryEventKind.ContinuedAsNew"/>
    /// the first that the execution may use. -1: none.
    /// </summary>
    public int TaskId { get; init; } = -1;

    /// <summary>The activity's, orchestrator's or event's name; the reason of a suspend or resume.</summary>
    public string? Name { get; init; }

    /// <summary>The instance that a sub-orchestration runs as, or that an event was sent to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Input, result or event payload: UTF-8 JSON, null where there is none.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>When a timer is due (UTC).</summary>
    public DateTime? FireAt { get; init; }

    /// <summary>Why a task failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>True for what the orchestrator decided; false for what reached it from outside.</summary>
    public bool IsAction => Kind is HistoryEventKind.TaskScheduled or HistoryEventKind.SubOrchestrationCreated
        or HistoryEventKind.TimerCreated or HistoryEventKind.EventSent;

    /// <summary>True where the message may be lost in a crash because its cause runs again (an activity's result).</summary>
    public bool IsRepeatable => Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed or HistoryEventKind.TimerFired;

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
