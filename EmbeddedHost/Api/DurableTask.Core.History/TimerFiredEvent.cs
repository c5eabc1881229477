namespace DurableTask.Core.History;

/// <summary>A timer fired.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="fireAt">When it was due, in UTC.</param>
public class TimerFiredEvent(int eventId, DateTime fireAt) : HistoryEvent(eventId)
{
    /// <summary>An event whose time is set later.</summary>
    public TimerFiredEvent(int eventId)
        : this(eventId, default)
    {
    }

    /// <summary>The number of the timer that was asked for.</summary>
    public int TimerId { get; set; }

    /// <summary>When it was due, in UTC.</summary>
    public DateTime FireAt { get; set; } = fireAt;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerFired;
}
