using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <summary>What an instance may be called.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 100;

    /// <summary>A new id, for the instance of a key.</summary>
    public static string New(DateTime now, long key) => DeterministicGuid.Create("instance", now, (int)key).ToString("N");

    /// <summary>The refusal of a start because of the instance that has the id.</summary>
    public static InvalidOperationException Taken(string instanceId, OrchestrationRuntimeStatus state) => new(
        InstanceRow.IsTerminalState(state)
            ? $"An orchestration with the instance id '{instanceId}' exists and is {state}, which the start's dedupe statuses refuse. "
                + "Use another id, or purge it."
            : $"An orchestration with the instance id '{instanceId}' exists and has not ended. Use another id, or wait for its end.");

    /// <exception cref="ArgumentException">The id is not valid: what is wrong with it would show in a URL.</exception>
    public static void Check(string instanceId)
    {
        if (instanceId.Length is 0 or > MaxLength || instanceId.AsSpan().ContainsAny("/\\#?") || instanceId.Any(char.IsControl)
            || instanceId[0] == '@')
        {
            throw new ArgumentException(
                $"The instance id '{instanceId}' is not valid: expected 1 to {MaxLength} characters without / \\ # ? and control "
                + "characters, not starting with @.", nameof(instanceId));
        }
    }
}
