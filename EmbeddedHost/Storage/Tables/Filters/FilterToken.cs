namespace EmbeddedHost.Storage.Tables.Filters;

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
