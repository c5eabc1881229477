namespace DurableTask.Core.History;

/// <summary>A turn began.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
public class OrchestratorStartedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorStarted;
}
