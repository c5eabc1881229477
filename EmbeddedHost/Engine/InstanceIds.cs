using System.Buffers.Binary;
using System.Security.Cryptography;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>What an instance may be called.</summary>
internal static class InstanceIds
{
    /// <summary>A new id, for the instance of a key.</summary>
    /// <remarks>The same at the same time under the same key: a test host's runs repeat.</remarks>
    public static string New(DateTime now, long key)
    {
        Span<byte> name = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(name, now.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(name[sizeof(long)..], key);
        return Convert.ToHexStringLower(SHA256.HashData(name).AsSpan(0, 16));
    }

    /// <summary>The refusal of a start because of the instance that has the id.</summary>
    public static InvalidOperationException Taken(string instanceId, OrchestrationRuntimeStatus state) => new(
        InstanceRow.IsTerminalState(state)
            ? $"An orchestration with the instance id '{instanceId}' exists and is {state}, which the start's dedupe statuses refuse. "
                + "Use another id, or purge it."
            : $"An orchestration with the instance id '{instanceId}' exists and has not ended. Use another id, or wait for its end.");

    /// <summary>The refusal of a call about an instance that there is not.</summary>
    public static ArgumentException Unknown(string instanceId) => new($"No instance has the id '{instanceId}'.", nameof(instanceId));

    /// <summary>Whether an id is one of an entity's.</summary>
    public static bool IsEntity(string instanceId) => instanceId.StartsWith('@');

    /// <exception cref="ArgumentException">The id is one of an entity's, as the released client says too.</exception>
    public static void Check(string instanceId)
    {
        if (IsEntity(instanceId))
        {
            throw new ArgumentException(
                $"The instance id '{instanceId}' is not valid: ids that start with @ are those of entities.", nameof(instanceId));
        }
    }
}
