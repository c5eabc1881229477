using System.Collections.ObjectModel;

namespace Microsoft.DurableTask;

/// <summary>How an orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id and a time to start at.</summary>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy of other options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The instance id; null: a new one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Key and value pairs kept with the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The version to start.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>The statuses of an existing instance with this id in which a start is refused.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
