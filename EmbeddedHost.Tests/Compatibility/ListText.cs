namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Cuts the lists' text at commas and brackets, minding nesting.</summary>
internal static class ListText
{
    /// <summary>The items of a comma-separated list; commas inside brackets do not count.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> items = [];
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += Nesting(text[i]);
            if (depth == 0 && text[i] == ',')
            {
                items.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        if (text[start..].Trim() is { Length: > 0 } last)
        {
            items.Add(last);
        }

        return items;
    }

    /// <summary>Takes <c>Name&lt;A, B&gt;</c> apart into the name and its arguments.</summary>
    public static (string Name, IReadOnlyList<string> Arguments) SplitGeneric(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        return open < 0 ? (text, []) : (text[..open], Split(text[(open + 1)..text.LastIndexOf('>')]));
    }

    /// <summary>The index of the bracket that closes the one which the text starts with.</summary>
    public static int ClosingBracket(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += Nesting(text[i]);
            if (depth == 0)
            {
                return i;
            }
        }

        throw new FormatException($"A bracket is never closed in '{text}'.");
    }

    private static int Nesting(char c) => c switch
    {
        '<' or '(' or '[' => 1,
        '>' or ')' or ']' => -1,
        _ => 0,
    };
}
