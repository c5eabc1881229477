using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Storage.Hub;

/// <summary>An instance as the task hub has it on disk. Payloads are UTF-8 JSON, read only where asked for.</summary>
internal sealed record InstanceRow
{
    /// <summary>A time to wake at that has passed, wherever the clock is set to.</summary>
    public static readonly DateTime AtOnce = DateTime.UnixEpoch;

    public required long Key { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required OrchestrationRuntimeStatus State { get; init; }

    public required DateTime Created { get; init; }

    public required DateTime Updated { get; init; }

    public long? ParentKey { get; init; }

    public string? ParentId { get; init; }

    public string? ParentName { get; init; }

    public int ParentTaskId { get; init; } = -1;

    public DateTime? WakeAt { get; init; }

    /// <summary>The version it was started as; null is none.</summary>
    public string? Version { get; init; }

    /// <summary>What it was tagged with; null is nothing.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The W3C <c>traceparent</c> of what started it; null where that was not traced.</summary>
    public string? Trace { get; init; }

    public byte[]? Input { get; init; }

    public byte[]? CustomStatus { get; init; }

    public byte[]? Output { get; init; }

    public byte[]? Failure { get; init; }

    /// <summary>True once the instance has ended.</summary>
    public bool IsTerminal => IsTerminalState(State);

    public static bool IsTerminalState(OrchestrationRuntimeStatus state) => state is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
