using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Reading;

namespace Sagas.Http;

/// <summary>Waits for instances on behalf of callers who want to hear of the end as soon as it is there.</summary>
public static class InstanceWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);

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
            do
            {
                // Neither task is awaited before it has ended: ending a pause would throw, in every call.
                _ = await Task.WhenAny(end, Task.Delay(Pause, time, either.Token));
            }
            while (!end.IsCompleted && await client.GetInstanceAsync(instanceId, either.Token) is { IsCompleted: false });

            if (end.IsCompleted)
            {
                return await end;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The wait is over: the answer tells how far the instance has come.
        }
        finally
        {
            End(either);
        }

        return await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
    }

    // CancelAsync is banned from the app, for the sake of its orchestrators.
    private static void End(CancellationTokenSource waits) => waits.Cancel();
}

/// <summary>The <c>Prefer: wait=N</c> header of RFC 7240: how many seconds a client would rather wait than poll.</summary>
public static class PreferWait
{
    /// <summary>The longest wait that is granted, in seconds: shorter than proxies cut idle connections off.</summary>
    public const int LongestSeconds = 30;

    /// <summary>The header that says what was granted.</summary>
    public const string AppliedHeader = "Preference-Applied";

    /// <summary>The seconds to wait, capped, or null where the client asks for none.</summary>
    public static int? SecondsOf(HttpHeadersCollection headers) =>
        headers.TryGetValues("Prefer", out var values) ? Parse(string.Join(',', values)) : null;

    /// <summary>Reads the header's value.</summary>
    public static int? Parse(string header)
    {
        foreach (var preference in header.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = preference.Split('=', StringSplitOptions.TrimEntries);
            var value = parts is [_, ['"', .. var quoted, '"']] ? quoted : parts[^1];
            if (parts.Length == 2 && string.Equals(parts[0], "wait", StringComparison.OrdinalIgnoreCase) && Numbers.AreDigits(value))
            {
                return Numbers.TryWhole(value, 0, LongestSeconds, out var seconds) ? (int)seconds : LongestSeconds;
            }
        }

        return null;
    }
}
