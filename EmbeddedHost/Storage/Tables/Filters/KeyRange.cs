namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>The values of a key that a query can want.</summary>
internal sealed record KeyRange
{
    public string? Low { get; private set; }

    public bool LowIncluded { get; private set; }

    public string? High { get; private set; }

    public bool HighIncluded { get; private set; }

    /// <summary>Whether it is one value.</summary>
    public bool IsPoint { get; private set; }

    /// <summary>Takes a condition on the key over; false where the range cannot express it along with what it has.</summary>
    public bool TryNarrow(ComparisonOperator comparison, string value)
    {
        switch (comparison)
        {
            case ComparisonOperator.Equal when Low is null && High is null:
                (Low, LowIncluded, High, HighIncluded, IsPoint) = (value, true, value, true, true);
                return true;
            case ComparisonOperator.GreaterThan or ComparisonOperator.GreaterThanOrEqual when Low is null:
                (Low, LowIncluded) = (value, comparison == ComparisonOperator.GreaterThanOrEqual);
                return true;
            case ComparisonOperator.LessThan or ComparisonOperator.LessThanOrEqual when High is null:
                (High, HighIncluded) = (value, comparison == ComparisonOperator.LessThanOrEqual);
                return true;
            default:
                return false;
        }
    }
}
