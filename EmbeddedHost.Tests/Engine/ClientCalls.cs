using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>What tests ask of a client again and again, of whichever engine.</summary>
internal static class ClientCalls
{
    /// <summary>Starts an instance; returns its id.</summary>
    public static Task<string> ScheduleAsync(this DurableTaskClient client, string orchestrator, object? input, string? instanceId) =>
        client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, instanceId is null ? null : new Microsoft.DurableTask.StartOrchestrationOptions(instanceId));

    /// <summary>Waits for an instance's end, and returns what the hub has of it.</summary>
    public static Task<OrchestrationMetadata> EndAsync(this DurableTaskClient client, string instanceId) =>
        client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>What the hub has of an instance now.</summary>
    public static async Task<OrchestrationMetadata> GetAsync(this DurableTaskClient client, string instanceId) =>
        await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true)
            ?? throw new InvalidOperationException($"There is no instance '{instanceId}'.");
}
