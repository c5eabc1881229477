using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Bench.Abuse;

/// <summary>A well-behaved client: so many orders a second, whether or not the earlier ones were answered.</summary>
internal sealed class OrderStream(Uri host, int ordersASecond) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly byte[] Completed = "\"runtimeStatus\":\"Completed\""u8.ToArray();
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host, Timeout = LongestWait };
    private readonly ConcurrentQueue<double> _times = new();
    private int _sent;
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>How many were sent.</summary>
    public int Sent => _sent;

    /// <summary>How long each took to be accepted from when it was due, in milliseconds, the fastest first.</summary>
    public double[] Times => [.. _times.Order()];

    /// <summary>What failed, and how.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Sends orders for so long, waits for their answers, and keeps how long they took, of these alone.</summary>
    public async Task RunAsync(TimeSpan duration)
    {
        var under = new List<Task>();
        _times.Clear();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            var due = TimeSpan.FromSeconds((double)under.Count / ordersASecond);
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed);
            }

            under.Add(SubmitAsync(_sent++, clock, due));
        }

        await Task.WhenAll(under);
    }

    /// <summary>Waits until the sagas of all orders have succeeded.</summary>
    public Task FollowAsync() => Parallel.ForEachAsync(
        Enumerable.Range(0, _sent),
        new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (number, cancellation) =>
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, "/api/orders/" + IdOf(number));
            _ = get.Headers.TryAddWithoutValidation("Prefer", "wait=30");
            await TryAsync(number, async () =>
            {
                using var answer = await _http.SendAsync(get, cancellation);
                var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
                return body.AsSpan().IndexOf(Completed) >= 0 ? null : $"its saga has not succeeded ({(int)answer.StatusCode})";
            });
        });

    public void Dispose() => _http.Dispose();

    private static string IdOf(int number) => Load.OrderId(SagaPath.Success, number);

    private Task SubmitAsync(int number, Stopwatch clock, TimeSpan due) => TryAsync(number, async () =>
    {
        using var content = new ByteArrayContent(Load.Order(IdOf(number), number)) { Headers = { ContentType = Json } };
        using var answer = await _http.PostAsync(new Uri("/api/orders", UriKind.Relative), content);
        _times.Enqueue((clock.Elapsed - due).TotalMilliseconds);
        return answer.StatusCode == HttpStatusCode.Accepted ? null : $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    });

    private async Task TryAsync(int number, Func<Task<string?>> act)
    {
        try
        {
            if (await act() is { } failure)
            {
                _failures.Enqueue($"{IdOf(number)}: {failure}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _failures.Enqueue($"{IdOf(number)}: {e.Message}");
        }
    }
}
