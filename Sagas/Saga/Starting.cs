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

/// <summary>Wakes and stops orchestrations that may end by themselves at any moment.</summary>
public static class Waking
{
    /// <summary>
    /// Raises an event where the instance runs. It has no payload: what counts is what the instance finds at its gate then, and
    /// names stay out of its history.
    /// </summary>
    public static Task WakeAsync(this DurableTaskClient client, string instanceId, string eventName, CancellationToken cancellation) =>
        client.WhereItRunsAsync(instanceId, () => client.RaiseEventAsync(instanceId, eventName, eventPayload: null, cancellation), cancellation);

    /// <summary>Terminates an instance where it runs.</summary>
    public static Task StopAsync(this DurableTaskClient client, string instanceId, string reason, CancellationToken cancellation) =>
        client.WhereItRunsAsync(instanceId, () => client.TerminateInstanceAsync(instanceId, reason, cancellation), cancellation);

    /// <summary>Whether an instance is there and has not ended.</summary>
    public static async Task<bool> RunsAsync(this DurableTaskClient client, string instanceId, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instanceId, cancellation) is { IsCompleted: false };

    private static async Task WhereItRunsAsync(this DurableTaskClient client, string instanceId, Func<Task> act, CancellationToken cancellation)
    {
        if (!await client.RunsAsync(instanceId, cancellation))
        {
            return;
        }

        try
        {
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse an ended instance each with an exception of their own. Where it has ended in between, nobody is there any more.
            if (await client.RunsAsync(instanceId, cancellation))
            {
                throw;
            }
        }
    }
}
