using System.Globalization;
using Azure;

namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>Cuts an OData filter into tokens.</summary>
internal sealed class FilterLexer(string filter)
{
    private int _position;

    public FilterToken Next()
    {
        while (_position < filter.Length && char.IsWhiteSpace(filter[_position]))
        {
            _position++;
        }

        var start = _position;
        if (start == filter.Length)
        {
            return new(FilterTokenKind.End, start, "the end");
        }

        switch (filter[start])
        {
            case '(':
                _position++;
                return new(FilterTokenKind.Open, start, "(");
            case ')':
                _position++;
                return new(FilterTokenKind.Close, start, ")");
            case '\'':
                return Literal(start, FilterLiteral.Of(Quoted()));
            case '-' or '.' or (>= '0' and <= '9'):
                return Literal(start, Number());
            default:
                return Word();
        }
    }

    public RequestFailedException Error(int position, string message) =>
        TableErrors.InvalidInput($"The filter is wrong at position {position}: {message} Filter: {filter}");

    private FilterToken Literal(int start, FilterLiteral literal) =>
        new(FilterTokenKind.Literal, start, filter[start.._position], literal);

    private FilterToken Word()
    {
        var start = _position;
        while (_position < filter.Length && (filter[_position] == '_' || char.IsLetterOrDigit(filter[_position])))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Error(start, $"'{filter[start]}' begins no name, operator or constant.");
        }

        var word = filter[start.._position];
        if (_position < filter.Length && filter[_position] == '\'')
        {
            return Literal(start, Typed(start, word, Quoted()));
        }

        return word switch
        {
            "true" => Literal(start, FilterLiteral.Of(value: true)),
            "false" => Literal(start, FilterLiteral.Of(value: false)),
            _ => new(FilterTokenKind.Word, start, word),
        };
    }

    private FilterLiteral Typed(int start, string type, string text) => type switch
    {
        "datetime" when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => FilterLiteral.Of(time),
        "guid" when Guid.TryParse(text, out var guid) => FilterLiteral.Of(guid),
        "X" or "binary" when Hex(text) is { } bytes => FilterLiteral.Of(bytes),
        _ => throw Error(start, $"{type}'{text}' is no constant: datetime'2026-01-31T08:00:00Z', guid'…', X'…' and binary'…' are known."),
    };

    private static byte[]? Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The text between quotes; two quotes in it stand for one.</summary>
    private string Quoted()
    {
        var start = _position;
        for (_position++; _position < filter.Length; _position++)
        {
            if (filter[_position] != '\'')
            {
                continue;
            }

            if (_position + 1 == filter.Length || filter[_position + 1] != '\'')
            {
                _position++;
                return filter[(start + 1)..(_position - 1)].Replace("''", "'", StringComparison.Ordinal);
            }

            _position++;
        }

        throw Error(start, "the string that begins here has no closing quote.");
    }

    private FilterLiteral Number()
    {
        var start = _position;
        while (_position < filter.Length
            && (char.IsAsciiLetterOrDigit(filter[_position]) || filter[_position] is '.' or '-' or '+'))
        {
            _position++;
        }

        var text = filter.AsSpan(start, _position - start);
        if (text[^1] is 'L' or 'l')
        {
            return long.TryParse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var marked)
                ? FilterLiteral.Of(marked)
                : throw Error(start, $"'{text}' is no 64-bit number.");
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return FilterLiteral.Of(number);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
        {
            return FilterLiteral.Of(large);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? FilterLiteral.Of(real)
            : throw Error(start, $"'{text}' is no number.");
    }
}
