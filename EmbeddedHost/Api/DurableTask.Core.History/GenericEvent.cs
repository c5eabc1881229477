namespace DurableTask.Core.History;

/// <summary>An event of no other kind.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="data">What it says.</param>
public class GenericEvent(int eventId, string? data) : HistoryEvent(eventId)
{
    /// <summary>What it says.</summary>
    public string? Data = data;

    /// <inheritdoc/>
    public override EventType EventType => EventType.GenericEvent;
}
