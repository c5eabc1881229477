using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Sagas.Storage;

/// <summary>
/// Reads across partitions, page by page. Tables give rows in the order of their keys, so that a scan can be taken up again
/// after any key, and a partition's rows come together. Where the tables answer from this machine no read of a scan ever waits:
/// it gives way to others by itself.
/// </summary>
public static class TableScans
{
    private const int UntilGivingWay = 16;
    private const int LookedAtTogether = 16;
    private static readonly string[] KeyOnly = ["PartitionKey"];

    /// <summary>The partitions that have a row which a filter lets through: each once, in the order of their keys.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="range">Which partitions.</param>
    /// <param name="cancellation">Ends the scan.</param>
    public static async IAsyncEnumerable<string> ListPartitionsAsync(
        this TableClient table, string filter, PartitionRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? last = null;
        var found = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(And(filter, range.Filter), select: KeyOnly, cancellationToken: cancellation))
        {
            if (row.PartitionKey != last)
            {
                last = row.PartitionKey;
                await GiveWayAsync(found++);
                yield return last;
            }
        }
    }

    /// <summary>The partitions of a range, one after the other; of their rows, the given properties.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TableEntity>> StreamPartitionsAsync(
        this TableClient table, PartitionRange range, IEnumerable<string>? properties, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        var found = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(range.Filter, select: properties, cancellationToken: cancellation))
        {
            if (rows.Count > 0 && rows[0].PartitionKey != row.PartitionKey)
            {
                await GiveWayAsync(found++);
                yield return rows;
                rows = [];
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            yield return rows;
        }
    }

    /// <summary>A filter that lets through what both do; null is one that lets everything through.</summary>
    public static string? And(string? one, string? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => $"({one}) and ({other})",
    };

    /// <summary>Looks at each of many, some at a time. Each look takes a few reads, which are requests on Azure.</summary>
    /// <param name="items">What to look at.</param>
    /// <param name="look">Looks at one.</param>
    public static async IAsyncEnumerable<TResult> LookAtEachAsync<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> look)
    {
        foreach (var together in items.Chunk(LookedAtTogether))
        {
            // Tables on this machine answer at once: others get their turn.
            await Task.Yield();
            foreach (var result in await Task.WhenAll(together.Select(look)))
            {
                yield return result;
            }
        }
    }

    private static async ValueTask GiveWayAsync(int found)
    {
        if (found % UntilGivingWay == 0)
        {
            await Task.Yield();
        }
    }
}

/// <summary>A part of a table, by the keys of its partitions.</summary>
/// <param name="After">The partition after which it begins; null for the first.</param>
/// <param name="Prefix">What the keys of its partitions begin with; null where that does not matter.</param>
public sealed record PartitionRange(string? After = null, string? Prefix = null)
{
    /// <summary>The whole table.</summary>
    public static readonly PartitionRange All = new();

    /// <summary>The range as a filter; null where it is the whole table.</summary>
    internal string? Filter => TableScans.And(Low, High);

    // One bound: two of them are not one range for a table.
    private string? Low =>
        Prefix is not null && (After is null || string.CompareOrdinal(After, Prefix) < 0) ? TableClient.CreateQueryFilter($"PartitionKey ge {Prefix}")
        : After is not null ? TableClient.CreateQueryFilter($"PartitionKey gt {After}")
        : null;

    // Keys are ASCII, so that there always is a next character.
    private string? High => Prefix is null ? null : TableClient.CreateQueryFilter($"PartitionKey lt {Prefix[..^1] + (char)(Prefix[^1] + 1)}");

    /// <summary>Whether a partition is in it.</summary>
    public bool Contains(string partition) =>
        (After is null || string.CompareOrdinal(partition, After) > 0) && (Prefix is null || partition.StartsWith(Prefix, StringComparison.Ordinal));
}
