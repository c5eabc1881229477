using System.Text.Json;
using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Sagas;

namespace OrderSagaFunctions.Operations;

/// <summary>What the engine has recorded of one of an order's instances, and which instances the order has.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Name">Its orchestrator; null where nothing tells it any more.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
/// <param name="CustomStatus">The story that it tells of itself; null where it has told none.</param>
/// <param name="Instances">Every instance of the order, in the order of their starts.</param>
/// <param name="Events">The engine's history, the oldest event first; empty where there is none to be had.</param>
public sealed record OrderHistory(
    string OrderId,
    string InstanceId,
    string? Name,
    string RuntimeStatus,
    SagaReport? CustomStatus,
    IReadOnlyList<HistoryInstance> Instances,
    IReadOnlyList<HistoryEntry> Events)
{
    /// <summary>The instance that has started it; null where it is the order's own.</summary>
    public string? Parent { get; init; }

    /// <summary>Which part of its parent's step it does, such as a fulfilment location; null where it is the order's own.</summary>
    public string? Scope { get; init; }

    /// <summary>Why there are no events, as a sentence; null where there are.</summary>
    public string? EventsMissing { get; init; }
}

/// <summary>What an instance is to its order.</summary>
public enum InstanceKind
{
    /// <summary>It runs the order's saga.</summary>
    Saga,

    /// <summary>It does, or undoes, a part of a step of such a saga.</summary>
    Child,
}

/// <summary>One of an order's instances.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Kind">What it is to the order.</param>
/// <param name="Generation">Which saga of the order it belongs to, counted from 1.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
public sealed record HistoryInstance(string InstanceId, InstanceKind Kind, int Generation, string RuntimeStatus)
{
    /// <summary>Which part of its parent's step it does; null where it is the order's own, or nothing tells it any more.</summary>
    public string? Scope { get; init; }

    /// <summary>The instance that has started it; null where it is the order's own.</summary>
    public string? Parent { get; init; }
}

/// <summary>An event of an instance's history. What an event of its kind does not have is null.</summary>
/// <param name="Sequence">Its place, counted from 1.</param>
/// <param name="EventId">The number of the action that it is, by which what answers it names it; null where it is none.</param>
/// <param name="Type">Which event of the Durable Task Framework it is, such as TaskScheduled.</param>
/// <param name="At">When it happened, in UTC.</param>
public sealed record HistoryEntry(int Sequence, int? EventId, string Type, DateTimeOffset At)
{
    /// <summary>The orchestrator, the activity or the external event; of an answer, that of what it answers.</summary>
    public string? Name { get; init; }

    /// <summary>The <see cref="EventId"/> of what it answers.</summary>
    public int? ScheduledId { get; init; }

    /// <summary>When its timer is due, in UTC.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>The child that it is about, or the instance that an event was sent to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Why the instance was suspended, resumed, rewound or terminated.</summary>
    public string? Reason { get; init; }

    /// <summary>What went in; null unless payloads were asked for.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>What came out; null unless payloads were asked for.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why it failed.</summary>
    public HistoryError? Error { get; init; }
}

/// <summary>Why something failed: the exception without its stack trace.</summary>
/// <param name="Type">The exception's type, as the engine knows it.</param>
/// <param name="Message">Its message.</param>
/// <param name="Inner">The exception that caused it; null where there is none.</param>
public sealed record HistoryError(string Type, string Message, HistoryError? Inner = null);

/// <summary>An instance's history as the engine has it, or why it has none to give.</summary>
/// <param name="Events">The events, the oldest first.</param>
/// <param name="Missing">Why there are none, as a sentence; null where there are.</param>
internal sealed record EngineHistory(IReadOnlyList<HistoryEvent> Events, string? Missing = null)
{
    /// <summary>Reads it. Not every engine can, and nothing but what is shown depends on it.</summary>
    public static async Task<EngineHistory> ReadAsync(DurableTaskClient client, string instanceId, CancellationToken cancellation)
    {
        try
        {
            return new EngineHistory([.. await client.GetOrchestrationHistoryAsync(instanceId, cancellation)]);
        }
        catch (ArgumentException)
        {
            return Unknown(instanceId);
        }
        catch (Exception failure) when (failure is NotSupportedException or NotImplementedException or RpcException { StatusCode: StatusCode.Unimplemented })
        {
            return new EngineHistory([], "The engine of this host hands out no histories.");
        }
        catch (Exception failure) when (failure is InvalidOperationException or RpcException { StatusCode: not StatusCode.Cancelled })
        {
            return new EngineHistory([], $"The engine could not read the history of '{instanceId}': {failure.Message}");
        }
    }

    /// <summary>That of an instance that the host does not know.</summary>
    public static EngineHistory Unknown(string instanceId) =>
        new([], $"The host knows no instance '{instanceId}': it was purged, or has not begun.");
}
