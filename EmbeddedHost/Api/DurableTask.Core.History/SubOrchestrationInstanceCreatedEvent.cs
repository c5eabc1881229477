namespace DurableTask.Core.History;

/// <summary>A sub-orchestration was asked for.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
public class SubOrchestrationInstanceCreatedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <summary>The orchestrator's name.</summary>
    public string? Name { get; set; }

    /// <summary>Its version.</summary>
    public string? Version { get; set; }

    /// <summary>The instance it runs as.</summary>
    public string? InstanceId { get; set; }

    /// <summary>Its input.</summary>
    public string? Input { get; set; }

    /// <summary>What it was tagged with.</summary>
    public IDictionary<string, string>? Tags { get; set; }

    /// <summary>The span of the call, where it is traced.</summary>
    public string? ClientSpanId { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCreated;
}
