using System.Net;
using System.Text.Json;

namespace Bench.Chaos;

/// <summary>So many callers at once, each with one order after the other, from its submission to its end.</summary>
internal sealed class ChaosLoad(ChaosClient client, ChaosBooks books, ChaosOptions options)
{
    private volatile bool _isOver;
    private int _next;

    /// <summary>Runs until told to finish, and then until the orders under way have ended.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, options.InFlight).Select(_ => CallAsync()));

    /// <summary>Lets no further order in.</summary>
    public void Finish()
    {
        _isOver = true;
        client.LosePatience();
    }

    private async Task CallAsync()
    {
        while (!_isOver)
        {
            var order = ChaosOrder.Of(options.Seed, Interlocked.Increment(ref _next));
            try
            {
                await FollowAsync(order);
            }
            catch (OperationCanceledException)
            {
                books.Find($"{order.Id}: has not come on two minutes after the last restart");
            }
            catch (Exception e)
            {
                // An answer that cannot be read is something to be told, and no reason to end the run.
                books.Find($"{order.Id}: {e}");
            }
        }
    }

    private async Task FollowAsync(ChaosOrder order)
    {
        var (status, body) = await client.SubmitAsync(order);
        if (status != HttpStatusCode.Accepted)
        {
            books.Find($"{order.Id}: expected 202, found {(int)status} {body}");
            return;
        }

        books.Accept(order);
        if (order.Decision is { } approved && await UntilAsync(order, static told => told.GetProperty("review").ValueKind == JsonValueKind.Object))
        {
            await DecideAsync(order, approved);
        }

        _ = await UntilAsync(order, static told => told.GetProperty("saga").GetProperty("runtimeStatus").GetString() is "Completed" or "Failed");
    }

    private async Task DecideAsync(ChaosOrder order, bool approved)
    {
        var (status, body) = await client.DecideAsync(order.Id, approved);

        // A conflict with the caller's own decision is the answer that was lost.
        if (status == HttpStatusCode.Conflict && body.TryGetProperty("decision", out var decision))
        {
            (status, body) = (HttpStatusCode.OK, decision);
        }

        if (status != HttpStatusCode.OK || body.GetProperty("approved").GetBoolean() != approved || body.GetProperty("reviewer").GetString() != order.Id)
        {
            books.Find($"{order.Id}: expected its own decision, found {(int)status} {body}");
        }
    }

    private async Task<bool> UntilAsync(ChaosOrder order, Func<JsonElement, bool> isThere)
    {
        while (true)
        {
            var (status, told) = await client.ReadOrderAsync(order.Id);
            if (status != HttpStatusCode.OK)
            {
                books.Find($"{order.Id}: accepted, and then {(int)status} {told}");
                return false;
            }

            if (isThere(told))
            {
                return true;
            }

            await client.PauseAsync();
        }
    }
}
