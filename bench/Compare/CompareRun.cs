using System.Diagnostics;
using System.Globalization;

namespace Bench.Compare;

/// <summary>
/// This build beside another one: the hosts of both run all the time and get their sagas in turns, slice by slice. What else
/// the machine does meets both alike, and leaves their ratio alone.
/// </summary>
internal sealed class CompareRun(CompareOptions options, TextWriter output)
{
    /// <summary>Compares both paths and prints the figures.</summary>
    /// <returns>The exit code, which is always 0: what is fast enough is for the reader to say.</returns>
    public async Task<int> RunAsync()
    {
        output.WriteLine(
            $"{options.Pairs} pairs of hosts, {options.Rounds} rounds each, a slice of {options.Slice} sagas of either build in a round, "
            + $"{options.InFlight} in flight, after {options.WarmUp} of each; {Environment.ProcessorCount} cores shared with the load");
        output.WriteLine($"{"path",-16}{"build",-8}{"sagas/s",22}{"CPU-ms",22}");
        foreach (var path in new[] { SagaPath.Success, SagaPath.Compensate })
        {
            var pairs = new List<Pair>();
            while (pairs.Count < options.Pairs)
            {
                pairs.Add(await MeasureAsync(path, beforeFirst: pairs.Count % 2 == 0));
            }

            Print(path, pairs);
        }

        output.WriteLine(
            "Median (least-most) of all slices, CPU of the host alone; ratio: this build's median by the other's, median (least-most) of the pairs.");
        return 0;
    }

    private async Task<Pair> MeasureAsync(SagaPath path, bool beforeFirst)
    {
        await using var first = await Side.StartAsync(path, options.InFlight, beforeFirst ? options.Before : null);
        await using var second = await Side.StartAsync(path, options.InFlight, beforeFirst ? null : options.Before);
        // Little by little too, so that neither warms up in a quieter hour than the other.
        for (var done = 0; done < options.WarmUp; done += options.Slice)
        {
            _ = await first.MeasureAsync(options.Slice);
            _ = await second.MeasureAsync(options.Slice);
        }

        var slices = new List<Slice>[] { [], [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            // What a slice leaves for the next one to pay, each pays as often.
            foreach (var side in round % 2 == 0 ? (int[])[0, 1] : [1, 0])
            {
                slices[side].Add(await (side == 0 ? first : second).MeasureAsync(options.Slice));
            }
        }

        return beforeFirst ? new Pair(slices[0], slices[1]) : new Pair(slices[1], slices[0]);
    }

    private void Print(SagaPath path, List<Pair> pairs)
    {
        foreach (var (build, slices) in new[] { ("before", pairs.SelectMany(pair => pair.Before)), ("now", pairs.SelectMany(pair => pair.Now)) })
        {
            var all = slices.ToList();
            Row(path, build, Spread(all.Select(slice => slice.SagasPerSecond), "F0"), Spread(all.Select(slice => slice.CpuMs), "F2"));
        }

        Row(
            path,
            "ratio",
            Spread(pairs.Select(pair => pair.Ratio(slice => slice.SagasPerSecond)), "F2"),
            Spread(pairs.Select(pair => pair.Ratio(slice => slice.CpuMs)), "F2"));
    }

    private void Row(SagaPath path, string build, string rate, string cpu) =>
        output.WriteLine($"{SagaRun.NameOf(path),-16}{build,-8}{rate,22}{cpu,22}");

    private static string Spread(IEnumerable<double> values, string format)
    {
        var all = values.ToList();
        return $"{Text(Median(all))} ({Text(all.Min())}-{Text(all.Max())})";
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>What one slice took.</summary>
    private sealed record Slice(double SagasPerSecond, double CpuMs);

    /// <summary>The slices of two hosts that ran beside each other.</summary>
    private sealed record Pair(List<Slice> Before, List<Slice> Now)
    {
        public double Ratio(Func<Slice, double> of) => Median(Now.Select(of)) / Median(Before.Select(of));
    }

    /// <summary>One build's host with its load.</summary>
    private sealed class Side(HostProcess host, HttpMessageInvoker client, SagaRun run, int inFlight) : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(SagaPath path, int inFlight, string? appFile)
        {
            var host = await HostProcess.StartAsync(SagaRun.Settings(path), appFile: appFile);
            var client = SagaRun.Client(inFlight);
            return new Side(host, client, new SagaRun(client, host.Address, path), inFlight);
        }

        public async Task<Slice> MeasureAsync(int count)
        {
            var cpu = host.Cpu;
            var clock = Stopwatch.StartNew();
            _ = await run.DriveAsync(count, inFlight);
            return new Slice(count / clock.Elapsed.TotalSeconds, (host.Cpu - cpu).TotalMilliseconds / count);
        }

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return host.DisposeAsync();
        }
    }
}
