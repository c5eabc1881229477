using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Bench;

/// <summary>Drives orders through a host, each from its POST until its saga has ended.</summary>
internal sealed class SagaRun(HttpMessageInvoker client, Uri address, SagaPath path)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Looked for as bytes: on two cores shared with the host, a client that parses JSON would measure itself.
    private static readonly byte[] Completed = "\"runtimeStatus\":\"Completed\""u8.ToArray();
    private static readonly byte[] Failed = "\"runtimeStatus\":\"Failed\""u8.ToArray();

    private readonly byte[] _expected = path == SagaPath.Compensate ? Failed : Completed;
    private readonly byte[] _other = path == SagaPath.Compensate ? Completed : Failed;
    private int _next;

    public static async Task<SagaFigures> MeasureAsync(SagaPath path, SagaRunOptions options)
    {
        await using var host = await HostProcess.StartAsync(Settings(path));
        using var client = Client(options.InFlight);
        var run = new SagaRun(client, host.Address, path);
        _ = await run.DriveAsync(options.WarmUp, options.InFlight);

        var cpu = host.Cpu;
        var clock = Stopwatch.StartNew();
        var times = await run.DriveAsync(options.Count, options.InFlight);
        var elapsed = clock.Elapsed;
        var cpuUsed = host.Cpu - cpu;
        var peak = host.PeakRssMb;
        var (commits, bytes) = await host.StopAsync();

        var (p50, p99) = Times.Of(times);
        var all = options.Count + options.WarmUp;
        return new SagaFigures(
            NameOf(path),
            options.Count / elapsed.TotalSeconds,
            p50,
            p99,
            cpuUsed.TotalMilliseconds / options.Count,
            peak,
            (double)bytes / all,
            (double)commits / all);
    }

    /// <summary>A path's name in the figures.</summary>
    public static string NameOf(SagaPath path) => path == SagaPath.Success ? "saga-success" : "saga-compensate";

    /// <summary>The app's settings for a path.</summary>
    public static Dictionary<string, string> Settings(SagaPath path) => new(StringComparer.Ordinal)
    {
        ["Saga__FaultInjection"] = path == SagaPath.Compensate ? "true" : "false",
        ["Saga__OnCompensationFailure"] = "Continue",
    };

    /// <summary>The client of a run.</summary>
    public static HttpMessageInvoker Client(int connections) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connections,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Drives orders, each until it has ended.</summary>
    /// <returns>How long each took, in milliseconds.</returns>
    public Task<double[]> DriveAsync(int count, int inFlight) => EachAsync(count, inFlight, async number =>
    {
        var start = Stopwatch.GetTimestamp();
        await FollowAsync(await SubmitAsync(number));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });

    /// <summary>Places orders, and waits for none.</summary>
    /// <returns>Their ids.</returns>
    public Task<string[]> SubmitAsync(int count, int inFlight) => EachAsync(count, inFlight, SubmitAsync);

    /// <summary>Waits for the end of an order.</summary>
    /// <exception cref="InvalidOperationException">It is not the end that the path has.</exception>
    public async Task FollowAsync(string id)
    {
        while (true)
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/orders/" + id));
            get.Headers.TryAddWithoutValidation("Prefer", "wait=30");
            using var response = await client.SendAsync(get, CancellationToken.None);
            var order = await response.Content.ReadAsByteArrayAsync();
            if (order.AsSpan().IndexOf(_expected) >= 0)
            {
                return;
            }

            if (order.AsSpan().IndexOf(_other) >= 0)
            {
                throw new InvalidOperationException($"Order {id} ended otherwise than its path says: {Encoding.UTF8.GetString(order)}");
            }
        }
    }

    private async Task<T[]> EachAsync<T>(int count, int inFlight, Func<int, Task<T>> one)
    {
        var results = new T[count];
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(inFlight, count)).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref taken); i < count; i = Interlocked.Increment(ref taken))
            {
                results[i] = await one(Interlocked.Increment(ref _next));
            }
        }));
        return results;
    }

    private async Task<string> SubmitAsync(int number)
    {
        var id = Load.OrderId(path, number);
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/orders"));
        post.Content = new ByteArrayContent(Load.Order(id, number)) { Headers = { ContentType = Json } };
        using var accepted = await client.SendAsync(post, CancellationToken.None);
        if (accepted.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException(
                $"Order {id}: expected 202, got {(int)accepted.StatusCode}: {await accepted.Content.ReadAsStringAsync()}");
        }

        // The body is read as a caller would, so that the connection is used again.
        _ = await accepted.Content.ReadAsByteArrayAsync();
        return id;
    }
}
