using DurableTask.Core.Settings;

namespace EmbeddedHost.Engine;

/// <summary>How a task hub runs.</summary>
internal sealed record TaskHubOptions
{
    /// <summary>Orchestrations kept in memory between turns. 0: each turn is replayed from disk.</summary>
    public int MaxWarmOrchestrators { get; init; } = 10_000;

    /// <summary>Activities that run at the same time.</summary>
    public int MaxConcurrentActivities { get; init; } = 100;

    /// <summary>Orchestrators whose code runs at the same time; those that wait for something do not count.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = int.MaxValue;

    /// <summary>Entities whose operations run at the same time.</summary>
    public int MaxConcurrentEntities { get; init; } = 100;

    /// <summary>Operations that an entity runs for one commit.</summary>
    public int MaxEntityBatch { get; init; } = 5000;

    /// <summary>The version of instances that are started without one; null is none.</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>Which versions of instances run here; null is every one.</summary>
    public VersioningSettings? Versioning { get; init; }

    /// <summary>How long an orchestrator's code may run in a turn before the turn runs again; null is for ever.</summary>
    public TimeSpan? TurnTimeout { get; init; }

    /// <summary>After how long a turn that the platform failed runs again; later ones wait longer.</summary>
    public TimeSpan TurnRetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for running activities before it cancels them.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a result that decided nothing may wait for the next commit of its instance.</summary>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromMilliseconds(100);
}
