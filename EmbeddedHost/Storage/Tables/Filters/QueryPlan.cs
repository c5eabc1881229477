namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>A filter, split into ranges of the primary key, for SQLite to seek, and the rest, to look at row by row.</summary>
internal sealed class QueryPlan
{
    private QueryPlan()
    {
    }

    public KeyRange Partition { get; } = new();

    public KeyRange Row { get; } = new();

    /// <summary>What the ranges do not say; null where they say everything.</summary>
    public FilterNode? Rest { get; private set; }

    /// <summary>Whether it is all of one partition, whatever of its rows the rest lets through.</summary>
    public bool IsWholePartition => Partition.IsPoint && Row is { Low: null, High: null };

    /// <exception cref="Azure.RequestFailedException">400 InvalidInput: the filter is not well formed.</exception>
    public static QueryPlan For(string? filter)
    {
        var plan = new QueryPlan();
        if (FilterParser.Parse(filter) is { } root)
        {
            plan.Take(root);
        }

        return plan;
    }

    private void Take(FilterNode node)
    {
        if (node is AndNode and)
        {
            Take(and.Left);
            Take(and.Right);
        }
        else if (node is not ComparisonNode comparison || !TryNarrow(comparison))
        {
            Rest = Rest is null ? node : new AndNode(Rest, node);
        }
    }

    private bool TryNarrow(ComparisonNode comparison)
    {
        var range = comparison.IsPartitionKey ? Partition : comparison.IsRowKey ? Row : null;
        return range is not null && comparison.Literal.Text is { } key && range.TryNarrow(comparison.Operator, key);
    }
}
