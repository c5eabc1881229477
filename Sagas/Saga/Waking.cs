using Microsoft.DurableTask.Client;

namespace Sagas;

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
