using DurableTask.Core.Tracing;

namespace DurableTask.Core.History;

/// <summary>An activity was asked for.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="name">The activity's name.</param>
/// <param name="version">Its version.</param>
/// <param name="input">Its input.</param>
public class TaskScheduledEvent(int eventId, string? name, string? version = null, string? input = null) : HistoryEvent(eventId)
{
    /// <summary>An event whose activity is named later.</summary>
    public TaskScheduledEvent(int eventId)
        : this(eventId, name: null)
    {
    }

    /// <summary>The activity's name.</summary>
    public string? Name { get; set; } = name;

    /// <summary>Its version.</summary>
    public string? Version { get; set; } = version;

    /// <summary>Its input.</summary>
    public string? Input { get; set; } = input;

    /// <summary>What it was tagged with.</summary>
    public IDictionary<string, string>? Tags { get; set; }

    /// <summary>What it is traced under, where it is.</summary>
    public DistributedTraceContext? ParentTraceContext { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskScheduled;
}
