using DurableTask.Core.Tracing;

namespace DurableTask.Core.History;

/// <summary>The failed instance was let go on from what failed.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="reason">Why, as given.</param>
public class ExecutionRewoundEvent(int eventId, string? reason) : HistoryEvent(eventId)
{
    /// <summary>An event without a reason.</summary>
    public ExecutionRewoundEvent(int eventId)
        : this(eventId, reason: null)
    {
    }

    /// <summary>Why, as given.</summary>
    public string? Reason { get; set; } = reason;

    /// <summary>The instance, where the event is for another one.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The execution of the parent that was rewound with it.</summary>
    public string? ParentExecutionId { get; set; }

    /// <summary>What it is traced under, where it is.</summary>
    public DistributedTraceContext? ParentTraceContext { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionRewound;
}
