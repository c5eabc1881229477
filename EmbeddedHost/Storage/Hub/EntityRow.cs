namespace EmbeddedHost.Storage.Hub;

/// <summary>An entity as the task hub has it on disk. One without state and lock has no row.</summary>
internal sealed record EntityRow
{
    /// <summary>Its id, <c>@name@key</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it was last written (UTC).</summary>
    public required DateTime Updated { get; init; }

    /// <summary>The id of the orchestration that has locked it; null is none.</summary>
    public string? LockedBy { get; init; }

    /// <summary>Whether it has a state.</summary>
    public required bool HasState { get; init; }

    /// <summary>Its state as JSON; null where there is none, or it was not asked for.</summary>
    public byte[]? State { get; init; }
}

/// <summary>Which entities a listing is about.</summary>
internal sealed record EntityFilter
{
    /// <summary>The id begins with this (ordinal).</summary>
    public string IdPrefix { get; init; } = "@";

    /// <summary>Last written at or after (UTC).</summary>
    public DateTime? UpdatedFrom { get; init; }

    /// <summary>Last written at or before (UTC).</summary>
    public DateTime? UpdatedTo { get; init; }

    /// <summary>Whether those without state, which are only locked, are listed too.</summary>
    public bool IncludesStateless { get; init; }

    /// <summary>Only those that are locked.</summary>
    public bool OnlyLocked { get; init; }
}
