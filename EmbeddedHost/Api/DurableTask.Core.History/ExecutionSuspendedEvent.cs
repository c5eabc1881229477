namespace DurableTask.Core.History;

/// <summary>The instance was held back.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="reason">Why, as given.</param>
public class ExecutionSuspendedEvent(int eventId, string? reason) : HistoryEvent(eventId)
{
    /// <summary>Why, as given.</summary>
    public string? Reason { get; set; } = reason;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionSuspended;
}
