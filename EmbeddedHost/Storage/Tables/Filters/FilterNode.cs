namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>A part of a parsed filter.</summary>
internal abstract record FilterNode
{
    public abstract bool Matches(in EntityRow row);
}

internal sealed record AndNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override bool Matches(in EntityRow row) => Left.Matches(row) && Right.Matches(row);
}

internal sealed record OrNode(FilterNode Left, FilterNode Right) : FilterNode
{
    public override bool Matches(in EntityRow row) => Left.Matches(row) || Right.Matches(row);
}

internal sealed record NotNode(FilterNode Operand) : FilterNode
{
    public override bool Matches(in EntityRow row) => !Operand.Matches(row);
}

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

internal enum FilterTokenKind
{
    End,
    Open,
    Close,
    Word,
    Literal,
}

/// <summary>A token of a filter and where it begins, from 0.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, int Position, string Text, FilterLiteral? Literal = null);
