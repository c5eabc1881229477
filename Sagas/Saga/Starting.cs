using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Sagas;

/// <summary>Starts orchestrations that somebody else may start at the same moment.</summary>
public static class Starting
{
    /// <summary>Starts an instance under an id that has never been used, unless somebody else does so at the same time.</summary>
    public static async Task StartOnceAsync(
        this DurableTaskClient client, TaskName orchestrator, object? input, string instanceId, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instanceId, cancellation) is not null)
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions { InstanceId = instanceId }, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse a running id each with an exception of their own. It may have ended by now.
            if (await client.GetInstanceAsync(instanceId, cancellation) is null)
            {
                throw;
            }
        }
    }

    /// <summary>Starts an instance under an id that nobody runs.</summary>
    /// <returns>False where one runs: somebody else has started it in between.</returns>
    public static async Task<bool> TryStartAsync(
        this DurableTaskClient client, TaskName orchestrator, object? input, string instanceId, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions { InstanceId = instanceId }, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse a running id each with an exception of their own.
            if (!await client.RunsAsync(instanceId, cancellation))
            {
                throw;
            }

            return false;
        }
    }
}
