namespace DurableTask.Core.History;

/// <summary>A sub-orchestration returned.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="taskScheduledId">The number of what was asked for.</param>
/// <param name="result">What it returned.</param>
public class SubOrchestrationInstanceCompletedEvent(int eventId, int taskScheduledId, string? result) : HistoryEvent(eventId)
{
    /// <summary>The number of what was asked for.</summary>
    public int TaskScheduledId { get; } = taskScheduledId;

    /// <summary>What it returned.</summary>
    public string? Result { get; } = result;

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCompleted;
}
