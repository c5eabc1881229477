namespace DurableTask.Core.History;

/// <summary>The orchestration was ended from outside.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="input">The output it was given.</param>
public class ExecutionTerminatedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>The output it was given.</summary>
    public string? Input { get; set; } = input;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionTerminated;
}
