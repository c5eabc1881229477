using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Orders of every scenario, submitted by several clients at once; remembers which were accepted.</summary>
internal sealed class CrashLoad(params IReadOnlyList<AppProcess> hosts)
{
    private static readonly string[] Prefixes = ["4", "a", "2", "3", "b", "1", "11", "22", "33"];
    private readonly ConcurrentBag<string> _submitted = [];
    private readonly ConcurrentBag<string> _accepted = [];
    private int _next;

    /// <summary>Every order that was sent, whatever became of it.</summary>
    public IReadOnlyCollection<string> Submitted => _submitted;

    /// <summary>The orders that were answered with 202.</summary>
    public ISet<string> Accepted => _accepted.ToHashSet(StringComparer.Ordinal);

    /// <summary>Submits until so many orders were accepted in this run, then runs <paramref name="kill"/> while others are under way.</summary>
    public async Task RunUntilAsync(int accepted, int clients, Func<Task> kill)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var left = accepted;
        var running = Enumerable.Range(0, clients).Select(client => SubmitAsync(hosts[client % hosts.Count].Orders)).ToArray();
        await reached.Task;
        await kill();
        await stop.CancelAsync();
        await Task.WhenAll(running);

        async Task SubmitAsync(OrderClient orders)
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _next);
                var id = string.Create(CultureInfo.InvariantCulture, $"{Prefixes[number % Prefixes.Length]}x-{number}");
                _submitted.Add(id);
                try
                {
                    _ = await orders.SubmitAsync(Orders.Plain(id));
                }
                catch (Exception e) when (e is HttpRequestException or SocketException)
                {
                    // Killed: whether this one was accepted nobody knows. A connection that breaks as it is made is a bare SocketException.
                    continue;
                }

                _accepted.Add(id);

                if (Interlocked.Decrement(ref left) == 0)
                {
                    reached.SetResult();
                }
            }
        }
    }
}
