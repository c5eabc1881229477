namespace DurableTask.Core.History;

/// <summary>An event was sent to another instance.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
public class EventSentEvent(int eventId) : HistoryEvent(eventId)
{
    /// <summary>The instance it was sent to.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The event's name.</summary>
    public string? Name { get; set; }

    /// <summary>Its payload.</summary>
    public string? Input { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventSent;
}
