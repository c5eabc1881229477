using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Saga;

/// <summary>Wakes orchestrations that wait.</summary>
internal static class Waking
{
    /// <summary>
    /// Raises an event where the instance runs. It has no payload: what counts is what the instance finds at its gate then, and
    /// names stay out of its history.
    /// </summary>
    public static async Task WakeAsync(this DurableTaskClient client, string instanceId, string eventName, CancellationToken cancellation)
    {
        if (!await client.RunsAsync(instanceId, cancellation))
        {
            return;
        }

        try
        {
            await client.RaiseEventAsync(instanceId, eventName, eventPayload: null, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse an ended instance each with an exception of their own. Where it has ended in between, nobody waits any more.
            if (await client.RunsAsync(instanceId, cancellation))
            {
                throw;
            }
        }
    }

    /// <summary>Whether an instance is there and has not ended.</summary>
    public static async Task<bool> RunsAsync(this DurableTaskClient client, string instanceId, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instanceId, cancellation) is { IsCompleted: false };
}
