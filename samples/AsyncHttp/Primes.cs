using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AsyncHttp;

/// <summary>Work that is too long for one request: the answer is where to ask for its result.</summary>
public static class Primes
{
    private const int SegmentLength = 250_000;

    /// <summary>
    /// 202 with the address of the status, which answers 202 too until it has the result. With <c>?wait=seconds</c> what is
    /// ready by then is answered at once.
    /// </summary>
    [Function(nameof(StartCount))]
    public static async Task<HttpResponseData> StartCount(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "primes/{below:int:range(2,100000000)}")] HttpRequestData request,
        int below,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(CountPrimes), below, cancellationToken);
        if (!int.TryParse(request.Query["wait"], out var seconds) || seconds is < 0 or > 60)
        {
            return await client.CreateCheckStatusResponseAsync(request, id, cancellationToken);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        return await client.WaitForCompletionOrCreateCheckStatusResponseAsync(
            request, id, retryInterval: TimeSpan.FromMilliseconds(100), getInputsAndOutputs: true, cancellation: patience.Token);
    }

    [Function(nameof(CountPrimes))]
    public static async Task<int> CountPrimes([OrchestrationTrigger] TaskOrchestrationContext context, int below)
    {
        var count = 0;
        for (var from = 0; from < below; from += SegmentLength)
        {
            context.SetCustomStatus($"{count} primes below {from}");
            count += await context.CallActivityAsync<int>(nameof(CountSegment), new Segment(from, Math.Min(from + SegmentLength, below)));
        }

        return count;
    }

    [Function(nameof(CountSegment))]
    public static int CountSegment([ActivityTrigger] Segment segment)
    {
        // A sieve of this segment alone, by the primes up to its root.
        var composite = new bool[segment.To - segment.From];
        for (long factor = 2; factor * factor < segment.To; factor++)
        {
            for (var n = Math.Max(factor * factor, (segment.From + factor - 1) / factor * factor); n < segment.To; n += factor)
            {
                composite[n - segment.From] = true;
            }
        }

        return Enumerable.Range(segment.From, composite.Length).Count(n => n > 1 && !composite[n - segment.From]);
    }
}

/// <summary>The numbers from one, with it, to another, without it.</summary>
public sealed record Segment(int From, int To);
