using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask.Client;

/// <summary>An instance as it was when asked for.</summary>
/// <param name="name">The orchestrator's name.</param>
/// <param name="instanceId">The instance's id.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    /// <summary>The orchestrator's name.</summary>
    public string Name { get; } = name;

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>What reads the serialized values; null where inputs and outputs were not asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where the instance stood.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was accepted, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Its input, where asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>Its result, where asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>What it last showed of itself.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>The key and value pairs it was started with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Why it failed, where it did and outputs were asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it was running.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it had ended, well or not.</summary>
    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The result as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status as a value.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <summary>The instance in one line, for logs; payloads are left out.</summary>
    public override string ToString()
        => $"{Name} '{InstanceId}' {RuntimeStatus}, created {CreatedAt:O}, updated {LastUpdatedAt:O}"
            + (FailureDetails is null ? string.Empty : $", {FailureDetails}");

    private T? Read<T>(string? data, [CallerMemberName] string? reader = null)
        => DataConverter is { } converter
            ? converter.Deserialize<T>(data)
            : throw new InvalidOperationException(
                $"{reader} needs the values of instance '{InstanceId}', which were not asked for: "
                + "pass getInputsAndOutputs (or FetchInputsAndOutputs in a query) as true.");
}
