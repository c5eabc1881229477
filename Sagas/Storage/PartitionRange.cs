using Azure.Data.Tables;

namespace Sagas.Storage;

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
