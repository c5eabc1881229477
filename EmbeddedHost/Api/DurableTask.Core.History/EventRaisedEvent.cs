using DurableTask.Core.Tracing;

namespace DurableTask.Core.History;

/// <summary>An event came.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="input">The event's payload.</param>
public class EventRaisedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>The event's name.</summary>
    public string? Name { get; set; }

    /// <summary>Its payload.</summary>
    public string? Input { get; set; } = input;

    /// <summary>What it is traced under, where it is.</summary>
    public DistributedTraceContext? ParentTraceContext { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventRaised;
}
