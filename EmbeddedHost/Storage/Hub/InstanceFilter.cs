using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Storage.Hub;

/// <summary>Which instances a listing or a purge is about.</summary>
internal sealed record InstanceFilter
{
    /// <summary>Created at or after (UTC).</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Created at or before (UTC).</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Ended at or after (UTC).</summary>
    public DateTime? EndedFrom { get; init; }

    /// <summary>Ended at or before (UTC).</summary>
    public DateTime? EndedTo { get; init; }

    /// <summary>Any of these states; empty is every state.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus> States { get; init; } = [];

    /// <summary>The instance id begins with this (ordinal).</summary>
    public string? IdPrefix { get; init; }
}
