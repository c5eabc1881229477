using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Http;

/// <summary>Waits for instances on behalf of callers who want to hear of the end as soon as it is there.</summary>
internal static class InstanceWait
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);

    /// <summary>
    /// Waits until the instance has ended, or has waited long enough. The client's own wait is immediate on some engines and
    /// looks every two seconds on others, so that the instance is looked at beside it.
    /// </summary>
    /// <param name="client">Knows the instance.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="longest">How long to wait.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <returns>The instance as it then is, with inputs and outputs; null where it is gone.</returns>
    public static async Task<OrchestrationMetadata?> WaitForEndAsync(
        this DurableTaskClient client, string instanceId, TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            var end = client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, either.Token);
            var look = LookForEndAsync(client, instanceId, time, either.Token);
            if (await Task.WhenAny(end, look) == end)
            {
                return await end;
            }

            await look;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The wait is over: the answer tells how far the instance has come.
        }
        finally
        {
#pragma warning disable RS0030 // No orchestrator waits here.
            await either.CancelAsync();
#pragma warning restore RS0030
        }

        return await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
    }

    private static async Task LookForEndAsync(DurableTaskClient client, string instanceId, TimeProvider time, CancellationToken cancellation)
    {
        var pause = FirstPause;
        do
        {
            await Task.Delay(pause, time, cancellation);
            pause = pause < LongestPause / 2 ? pause * 2 : LongestPause;
        }
        while (await client.GetInstanceAsync(instanceId, cancellation) is { IsCompleted: false });
    }
}
