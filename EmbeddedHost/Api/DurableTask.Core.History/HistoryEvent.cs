using System.Runtime.Serialization;

namespace DurableTask.Core.History;

/// <summary>One event of an orchestration's history.</summary>
public abstract class HistoryEvent : IExtensibleDataObject
{
    /// <summary>An event of a number; -1 where it has none.</summary>
    protected HistoryEvent(int eventId) => EventId = eventId;

    /// <summary>The event's number among the orchestrator's actions; -1 where it has none.</summary>
    public int EventId { get; }

    /// <summary>Whether the orchestrator has taken it in.</summary>
    public bool IsPlayed { get; set; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>What it records.</summary>
    public virtual EventType EventType { get; }

    /// <inheritdoc/>
    public ExtensionDataObject? ExtensionData { get; set; }

    /// <summary>The types of events that there are.</summary>
    public static IEnumerable<Type> KnownTypes() => typeof(HistoryEvent).Assembly.GetTypes()
        .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(HistoryEvent)));
}
