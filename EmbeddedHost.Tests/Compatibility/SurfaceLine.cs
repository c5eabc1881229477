namespace EmbeddedHost.Tests.Compatibility;

/// <summary>One line of a surface list: a type, or a public or protected member that the type declares.</summary>
/// <param name="Type">The type's full name, with its type parameters: <c>Microsoft.DurableTask.Page&lt;T&gt;</c>.</param>
/// <param name="Kind"><c>type</c>, <c>ctor</c>, <c>method</c>, <c>property</c>, <c>field</c>, <c>event</c> or <c>enum</c>.</param>
/// <param name="Shape">Everything that source code can depend on: modifiers, types, names, defaults, accessors.</param>
internal sealed record SurfaceLine(string Type, string Kind, string Shape)
{
    private const string Separator = " | ";

    /// <summary>The member's name without type parameters; the type's own name for a type or constructor line.</summary>
    public string Name => Kind switch
    {
        "type" or "ctor" => Type,
        "enum" => Shape[..Shape.IndexOf(' ', StringComparison.Ordinal)],
        _ => MemberShape.Parse(Shape).Name,
    };

    /// <summary>Reads a line of a list.</summary>
    /// <exception cref="FormatException">The line does not have three parts.</exception>
    public static SurfaceLine Parse(string line)
    {
        var parts = line.Split(Separator, 3);
        return parts.Length == 3
            ? new SurfaceLine(parts[0], parts[1], parts[2])
            : throw new FormatException($"A surface line reads 'TYPE | KIND | SHAPE'; found '{line}'.");
    }

    public override string ToString() => string.Join(Separator, Type, Kind, Shape);
}
