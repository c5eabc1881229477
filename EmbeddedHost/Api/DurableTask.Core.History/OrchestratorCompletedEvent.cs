namespace DurableTask.Core.History;

/// <summary>A turn ended.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
public class OrchestratorCompletedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorCompleted;
}
