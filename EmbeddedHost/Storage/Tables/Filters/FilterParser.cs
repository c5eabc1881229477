namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>
/// Parses an OData filter as the table service takes it: comparisons of a property with a constant, joined by
/// <c>and</c>, <c>or</c>, <c>not</c> and parentheses; <c>not</c> binds closest, then <c>and</c>.
/// </summary>
internal sealed class FilterParser
{
    // Each level costs stack; no filter that a person or a program means is so deep.
    private const int MaxDepth = 200;

    private readonly FilterLexer _lexer;
    private FilterToken _token;
    private int _depth;
    private int _comparisons;

    private FilterParser(string filter)
    {
        _lexer = new FilterLexer(filter);
        _token = _lexer.Next();
    }

    /// <summary>The parsed filter; null where it is empty and everything matches.</summary>
    /// <exception cref="Azure.RequestFailedException">400 InvalidInput: the filter is not well formed.</exception>
    public static FilterNode? Parse(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return null;
        }

        var parser = new FilterParser(filter);
        var root = parser.Or();
        return parser._token.Kind == FilterTokenKind.End ? root : throw parser.Unexpected("'and', 'or' or the end");
    }

    private FilterNode Or()
    {
        if (++_depth > MaxDepth)
        {
            throw _lexer.Error(_token.Position, $"it is nested more than {MaxDepth} deep.");
        }

        var left = And();
        while (TakeWord("or"))
        {
            left = new OrNode(left, And());
        }

        _depth--;
        return left;
    }

    private FilterNode And()
    {
        var left = Unary();
        while (TakeWord("and"))
        {
            left = new AndNode(left, Unary());
        }

        return left;
    }

    private FilterNode Unary()
    {
        var negated = false;
        while (TakeWord("not"))
        {
            negated = !negated;
        }

        var operand = _token.Kind == FilterTokenKind.Open ? Group() : Comparison();
        return negated ? new NotNode(operand) : operand;
    }

    private FilterNode Group()
    {
        _ = Take();
        var inner = Or();
        return _token.Kind == FilterTokenKind.Close ? Closed(inner) : throw Unexpected("')'");
    }

    private FilterNode Closed(FilterNode inner)
    {
        _ = Take();
        return inner;
    }

    private ComparisonNode Comparison()
    {
        if (++_comparisons > TableLimits.FilterComparisons)
        {
            throw _lexer.Error(_token.Position, $"it has more than {TableLimits.FilterComparisons} comparisons.");
        }

        if (_token.Kind == FilterTokenKind.Literal)
        {
            var literal = Take().Literal!;
            var mirrored = Mirrored(Operator());
            return new(Word("a property's name"), mirrored, literal);
        }

        var property = Word("a property's name");
        var comparison = Operator();
        return _token.Kind == FilterTokenKind.Literal
            ? new(property, comparison, Take().Literal!)
            : throw Unexpected("a constant");
    }

    private ComparisonOperator Operator()
    {
        ComparisonOperator? known = _token.Kind != FilterTokenKind.Word ? null : _token.Text switch
        {
            "eq" => ComparisonOperator.Equal,
            "ne" => ComparisonOperator.NotEqual,
            "gt" => ComparisonOperator.GreaterThan,
            "ge" => ComparisonOperator.GreaterThanOrEqual,
            "lt" => ComparisonOperator.LessThan,
            "le" => ComparisonOperator.LessThanOrEqual,
            _ => null,
        };
        var taken = known ?? throw Unexpected("eq, ne, gt, ge, lt or le");
        _ = Take();
        return taken;
    }

    private static ComparisonOperator Mirrored(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.GreaterThan => ComparisonOperator.LessThan,
        ComparisonOperator.GreaterThanOrEqual => ComparisonOperator.LessThanOrEqual,
        ComparisonOperator.LessThan => ComparisonOperator.GreaterThan,
        ComparisonOperator.LessThanOrEqual => ComparisonOperator.GreaterThanOrEqual,
        _ => comparison,
    };

    private string Word(string expected) => _token.Kind == FilterTokenKind.Word ? Take().Text : throw Unexpected(expected);

    private bool TakeWord(string word)
    {
        if (_token.Kind != FilterTokenKind.Word || _token.Text != word)
        {
            return false;
        }

        _ = Take();
        return true;
    }

    private FilterToken Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private Azure.RequestFailedException Unexpected(string expected) =>
        _lexer.Error(_token.Position, $"expected {expected}, found {_token.Text}.");
}
