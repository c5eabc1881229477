using DurableTask.Core.Tracing;

namespace DurableTask.Core.History;

/// <summary>The orchestration began.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="input">The orchestration's input.</param>
public class ExecutionStartedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>The instance.</summary>
    public OrchestrationInstance? OrchestrationInstance;

    /// <summary>Who called it; null for a root.</summary>
    public ParentInstance? ParentInstance { get; set; }

    /// <summary>The orchestrator's name.</summary>
    public string? Name { get; set; }

    /// <summary>Its version.</summary>
    public string? Version { get; set; }

    /// <summary>Its input.</summary>
    public string? Input { get; set; } = input;

    /// <summary>What it was tagged with.</summary>
    public IDictionary<string, string>? Tags { get; set; }

    /// <summary>When it was to start, in UTC, where that was set.</summary>
    public DateTime? ScheduledStartTime { get; set; }

    /// <summary>How often it went on as a new execution before.</summary>
    public int? Generation { get; set; }

    /// <summary>A correlation of its own, where it has one.</summary>
    public string? Correlation { get; set; }

    /// <summary>What it is traced under, where it is.</summary>
    public DistributedTraceContext? ParentTraceContext { get; set; }

    /// <summary>Whether a trace begins here.</summary>
    public bool GenerateNewTrace { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionStarted;
}
