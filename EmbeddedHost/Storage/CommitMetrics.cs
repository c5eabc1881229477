using System.Diagnostics.Metrics;

namespace EmbeddedHost.Storage;

/// <summary>The figures of commits. Where nobody listens none is taken.</summary>
internal static class CommitMetrics
{
    private static readonly Meter Meter = new("EmbeddedHost");

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "durabletask.commit.batch_size", "{work}", "Units of work that shared a commit, and so an fsync.");

    /// <summary>A commit carried so many works.</summary>
    public static void Record(string database, int works) =>
        BatchSize.Record(works, new KeyValuePair<string, object?>("database", database));
}
