using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Bench;

/// <summary>Drives orders through a host, each from its POST until its saga has ended.</summary>
internal sealed class SagaRun(HttpClient client, SagaPath path)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _expected = path == SagaPath.Compensate ? "Failed" : "Completed";
    private int _next;

    public static async Task<SagaFigures> MeasureAsync(SagaPath path, SagaRunOptions options)
    {
        await using var host = await HostProcess.StartAsync(path);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.InFlight, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        var run = new SagaRun(client, path);
        _ = await run.DriveAsync(options.WarmUp, options.InFlight);

        var cpu = host.Cpu;
        var clock = Stopwatch.StartNew();
        var times = await run.DriveAsync(options.Count, options.InFlight);
        var elapsed = clock.Elapsed;
        var cpuUsed = host.Cpu - cpu;
        var peak = host.PeakRssMb;
        var (commits, bytes) = await host.StopAsync();

        Array.Sort(times);
        var all = options.Count + options.WarmUp;
        return new SagaFigures(
            path == SagaPath.Success ? "saga-success" : "saga-compensate",
            options.Count / elapsed.TotalSeconds,
            Percentile(times, 0.50),
            Percentile(times, 0.99),
            cpuUsed.TotalMilliseconds / options.Count,
            peak,
            (double)bytes / all,
            (double)commits / all);
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];

    private async Task<double[]> DriveAsync(int count, int inFlight)
    {
        var times = new double[count];
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(inFlight, count)).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref taken); i < count; i = Interlocked.Increment(ref taken))
            {
                times[i] = await OneAsync(Interlocked.Increment(ref _next));
            }
        }));
        return times;
    }

    private async Task<double> OneAsync(int number)
    {
        var id = Load.OrderId(path, number);
        var body = Load.Order(id, number);
        var start = Stopwatch.GetTimestamp();
        using (var content = new ByteArrayContent(body) { Headers = { ContentType = Json } })
        using (var accepted = await client.PostAsync(new Uri("/api/orders", UriKind.Relative), content))
        {
            if (accepted.StatusCode != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException(
                    $"Order {id}: expected 202, got {(int)accepted.StatusCode}: {await accepted.Content.ReadAsStringAsync()}");
            }
        }

        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/orders/" + id, UriKind.Relative));
            request.Headers.Add("Prefer", "wait=30");
            using var response = await client.SendAsync(request);
            using var order = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            var status = order.RootElement.GetProperty("saga").GetProperty("runtimeStatus").GetString();
            if (status is "Completed" or "Failed")
            {
                return status == _expected
                    ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
                    : throw new InvalidOperationException($"Order {id}: expected {_expected}, got {order.RootElement}");
            }
        }
    }
}
