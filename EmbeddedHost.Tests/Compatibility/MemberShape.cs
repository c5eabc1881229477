using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The parts of a member's shape, as text.</summary>
/// <param name="Modifiers">Access, then <c>static</c>, <c>abstract</c>, <c>virtual</c> or <c>const</c>.</param>
/// <param name="Result">The return, property or field type; empty for a constructor.</param>
/// <param name="Name">The name without type parameters; empty for a constructor.</param>
/// <param name="TypeParameters">The names of a generic method's type parameters.</param>
/// <param name="Parameters">The parameters, or an indexer's.</param>
/// <param name="Tail">A method's constraints (<c>where …</c>) or a property's accessors (<c>{ get; }</c>).</param>
internal sealed partial record MemberShape(
    string Modifiers,
    string Result,
    string Name,
    IReadOnlyList<string> TypeParameters,
    IReadOnlyList<ParameterShape> Parameters,
    string Tail)
{
    public static MemberShape Parse(string shape)
    {
        var modifiers = ModifierWords().Match(shape).Value;
        var rest = shape[modifiers.Length..];
        var headEnd = EndOfHead(rest);
        var head = rest[..headEnd].TrimEnd();
        var nameStart = LastTopLevelSpace(head) + 1;
        var (name, typeParameters) = ListText.SplitGeneric(head[nameStart..]);

        var tail = rest[headEnd..];
        IReadOnlyList<ParameterShape> parameters = [];
        if (tail is ['(' or '[', ..])
        {
            var close = ListText.ClosingBracket(tail);
            parameters = [.. ListText.Split(tail[1..close]).Select(ParameterShape.Parse)];
            tail = tail[(close + 1)..];
        }

        return new MemberShape(modifiers.TrimEnd(), head[..nameStart].TrimEnd(), name, typeParameters, parameters, tail.Trim());
    }

    /// <summary>What makes two members the same one for overriding and implementing: name, arity and parameter types.</summary>
    public string Signature => $"{Name}`{TypeParameters.Count}({string.Join(", ", Parameters.Select(p => p.Type))})";

    public bool Is(string modifier) => Modifiers.Split(' ').Contains(modifier, StringComparer.Ordinal);

    private static int EndOfHead(string rest)
    {
        var depth = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            depth += rest[i] switch { '<' => 1, '>' => -1, _ => 0 };
            var isArray = rest[i] == '[' && rest[i + 1] is ']' or ',';
            if (depth == 0 && rest[i] is '(' or '{' or '[' && !isArray)
            {
                return i;
            }
        }

        return rest.Length;
    }

    private static int LastTopLevelSpace(string head)
    {
        var depth = 0;
        for (var i = head.Length - 1; i >= 0; i--)
        {
            depth += head[i] switch { '>' => 1, '<' => -1, _ => 0 };
            if (depth == 0 && head[i] == ' ')
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex("^((public|protected|static|abstract|virtual|const) )*", RegexOptions.ExplicitCapture)]
    private static partial Regex ModifierWords();
}
