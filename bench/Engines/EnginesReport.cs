using System.Globalization;

namespace Bench.Engines;

/// <summary>The figures of both engines as Markdown, to be pasted.</summary>
internal static class EnginesReport
{
    private const int MinutesOfAMonth = 30 * 24 * 60;

    private static readonly string[] Services = ["table", "queue", "blob"];

    public static void Print(IReadOnlyList<EngineFigures> engines, StorageFigures storage, EnginesOptions options)
    {
        Console.WriteLine();
        Write($"{options.Orders} orders with {options.InFlight} in flight and {options.Alone} alone, each waited for, after {options.WarmUp} to warm up; {Environment.ProcessorCount} cores shared by load, host and Azurite.");
        Console.WriteLine();
        Console.WriteLine("| engine | sagas/s | p50 ms | p99 ms | alone p50 ms | alone p99 ms | CPU-ms a saga |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var e in engines)
        {
            Write($"| {e.Name} | {e.SagasPerSecond:F1} | {e.Loaded.P50:F0} | {e.Loaded.P99:F0} | {e.Alone.P50:F0} | {e.Alone.P99:F0} | {e.CpuMsPerSaga:F1} |");
        }

        Console.WriteLine();
        Write($"Without callers that wait: {storage.Orders / storage.AtOnceSeconds:F1} sagas/s on Azure Storage (Azurite). Requests to the account then:");
        Console.WriteLine();
        Console.WriteLine("| | table | queue | blob | together | requests cost |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Row($"an order, of {storage.Orders} at once", storage.AtOnce, storage.Orders, 1_000_000, "a million orders");
        Row($"an order, of {storage.Apart} one by one", storage.OneByOne, storage.Apart, 1_000_000, "a million orders");
        Row("a minute without orders", storage.IdleMinute, 1, MinutesOfAMonth, "a month");
        Console.WriteLine();
        Write($"By verb, an order at once: {Verbs(storage.AtOnce, storage.Orders)}; a minute without orders: {Verbs(storage.IdleMinute, 1)}.");
        Write($"Prices: US dollars, of requests alone; {ListPrices.Source}.");
    }

    private static void Row(string what, Requests requests, int by, int many, string times) =>
        Write($"| {what} | {string.Join(" | ", Services.Select(service => Average(requests.Of(service), by)))} | {Average(requests.ByVerb.Values.Sum(), by)} | ${many * ListPrices.Of(requests) / by:F2} {times} |");

    private static string Verbs(Requests requests, int by) => string.Join(", ", requests.ByVerb
        .Where(static entry => entry.Value > 0)
        .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => $"{entry.Key} {Average(entry.Value, by)}"));

    private static string Average(long count, int by) => ((double)count / by).ToString(by == 1 ? "F0" : "F1", CultureInfo.InvariantCulture);

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
