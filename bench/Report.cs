using System.Globalization;
using System.Text.Json;

namespace Bench;

/// <summary>The figures as a table on the console and as JSON in a file.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Print(IReadOnlyList<SagaFigures> figures, SagaRunOptions run)
    {
        Console.WriteLine();
        Console.WriteLine(Line(
            $"{run.Count} sagas on each path, {run.InFlight} in flight, after {run.WarmUp} to warm up; {Environment.ProcessorCount} cores shared with the load"));
        Console.WriteLine(
            $"{"path",-16}{"sagas/s",10}{"p50 ms",10}{"p99 ms",10}{"CPU-ms",10}{"RSS MiB",10}{"bytes",10}{"fsyncs",10}");
        foreach (var f in figures)
        {
            Console.WriteLine(Line(
                $"{f.Name,-16}{f.SagasPerSecond,10:F0}{f.P50Ms,10:F2}{f.P99Ms,10:F2}{f.CpuMsPerSaga,10:F3}{f.PeakRssMb,10:F0}{f.BytesPerSaga,10:F0}{f.FsyncsPerSaga,10:F2}"));
        }

        Console.WriteLine("CPU, bytes and fsyncs are the host's, each by saga; bytes are on disk after a checkpoint; fsyncs are commits.");
    }

    public static Task WriteAsync(IReadOnlyList<SagaFigures> figures, string file) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Json));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
