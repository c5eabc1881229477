namespace DurableTask.Core.History;

/// <summary>The orchestration went on as a new execution.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="input">The new execution's input.</param>
public class ContinueAsNewEvent(int eventId, string? input)
    : ExecutionCompletedEvent(eventId, input, OrchestrationStatus.ContinuedAsNew)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.ContinueAsNew;
}
