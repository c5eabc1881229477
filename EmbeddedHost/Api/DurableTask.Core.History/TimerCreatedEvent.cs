namespace DurableTask.Core.History;

/// <summary>A timer was asked for.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="fireAt">When it is due, in UTC.</param>
public class TimerCreatedEvent(int eventId, DateTime fireAt) : HistoryEvent(eventId)
{
    /// <summary>An event whose time is set later.</summary>
    public TimerCreatedEvent(int eventId)
        : this(eventId, default)
    {
    }

    /// <summary>When it is due, in UTC.</summary>
    public DateTime FireAt { get; set; } = fireAt;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerCreated;
}
