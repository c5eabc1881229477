namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>OData's eq, ne, gt, ge, lt and le.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}
