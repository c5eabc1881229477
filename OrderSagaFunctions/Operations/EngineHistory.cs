using DurableTask.Core.History;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Operations;

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
