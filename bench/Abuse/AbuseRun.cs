using System.Diagnostics;
using System.Globalization;

namespace Bench.Abuse;

/// <summary>
/// A host with little memory between many connections that send large, slow and broken requests and one client that sends
/// orders as it should. The orders must not notice, the memory must hold, and the host must end when it is asked to.
/// </summary>
internal sealed class AbuseRun(AbuseOptions options)
{
    private const int HeapMegabytes = 256;

    // Beside the heap: the runtime, compiled code, threads, SQLite. Without any abuse the whole process takes about 140.
    private const int OtherMegabytes = 96;
    private const int MostShown = 5;
    private const double P50 = 0.5;
    private const double P99 = 0.99;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly List<string> _findings = [];

    /// <summary>Runs, prints the figures, and returns the exit code: 1 where a bound was broken.</summary>
    public async Task<int> RunAsync()
    {
        await using var host = await HostProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{HeapMegabytes * 1024L * 1024L:x}"),
        });
        using var end = new CancellationTokenSource();
        using var orders = new OrderStream(host.Address, options.OrdersASecond);
        var abusers = new Abusers(host.Address, options.Connections);
        // Until the runtime has compiled what orders need, they are slow by themselves.
        await orders.RunAsync(WarmUp);
        var abuse = abusers.RunAsync(end.Token);
        await orders.RunAsync(TimeSpan.FromSeconds(options.Seconds));
        await orders.FollowAsync();
        var peak = host.PeakRssMb;

        // They go on: a stop under abuse is to be as short.
        var clock = Stopwatch.StartNew();
        var exitCode = await host.EndAsync();
        var stop = clock.Elapsed;
        await end.CancelAsync();
        await abuse;

        Judge(orders, peak, exitCode, stop);
        Print(abusers, orders, peak, exitCode, stop);
        return _findings.Count == 0 ? 0 : 1;
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];

    private void Judge(OrderStream orders, double peak, int exitCode, TimeSpan stop)
    {
        if (orders.Failures.Count > 0)
        {
            _findings.Add(Text($"{orders.Failures.Count} orders failed, such as: {string.Join("; ", orders.Failures.Take(MostShown))}"));
        }

        if (Percentile(orders.Times, P99) is var slow && !(slow <= options.LongestP99))
        {
            _findings.Add(Text($"p99 is {slow:F0} ms, expected at most {options.LongestP99}"));
        }

        // The runtime holds the heap to its limit: beyond it the process would have ended.
        if (peak > HeapMegabytes + OtherMegabytes)
        {
            _findings.Add(Text($"the host took {peak:F0} MiB, expected at most {HeapMegabytes + OtherMegabytes}"));
        }

        if (exitCode != 0 || stop > LongestStop)
        {
            _findings.Add(Text($"the host ended after {stop.TotalSeconds:F1} s with code {exitCode}, expected code 0 within {LongestStop.TotalSeconds} s"));
        }
    }

    private void Print(Abusers abusers, OrderStream orders, double peak, int exitCode, TimeSpan stop)
    {
        var times = orders.Times;
        Console.WriteLine(Text($"{options.Connections} connections for {options.Seconds} s, a heap of {HeapMegabytes} MiB, {Environment.ProcessorCount} cores shared with the load"));
        Console.WriteLine(Text($"orders     {orders.Sent} sent, {orders.Failures.Count} failed, accepted within {Percentile(times, P50):F1} ms (p50), {Percentile(times, P99):F1} ms (p99), {Percentile(times, 1):F0} ms (max)"));
        Console.WriteLine(Text($"memory     {peak:F0} MiB at its peak, of the whole process (at most {HeapMegabytes} of heap, and {OtherMegabytes} beside it)"));
        Console.WriteLine(Text($"stop       {stop.TotalSeconds:F1} s, exit code {exitCode}"));
        foreach (var script in AbuseScripts.All)
        {
            var answers = abusers.Answers.Where(answer => answer.Key.Script == script.Name).OrderByDescending(static answer => answer.Value)
                .Select(static answer => Text($"{answer.Key.Answer}: {answer.Value}"));
            Console.WriteLine($"  {script.Name,-32} {string.Join(", ", answers)}");
        }

        Console.WriteLine(Text($"findings   {_findings.Count}"));
        _findings.ForEach(static finding => Console.WriteLine("  " + finding));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
