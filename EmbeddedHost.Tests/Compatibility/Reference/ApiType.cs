using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>A type as its surface lines describe it.</summary>
/// <param name="Name">The full name, without type parameters.</param>
/// <param name="TypeParameters">The names of its type parameters.</param>
/// <param name="Kind"><c>abstract class</c>, <c>struct</c>, <c>interface</c>, …</param>
/// <param name="Base">The base class; null where it is <see cref="object"/> or implied by the kind.</param>
/// <param name="Interfaces">Every interface, inherited ones included.</param>
/// <param name="Members">The members that it declares itself.</param>
internal sealed partial record ApiType(
    string Name,
    IReadOnlyList<string> TypeParameters,
    string Kind,
    string? Base,
    IReadOnlyList<string> Interfaces,
    IReadOnlyList<ApiMember> Members)
{
    /// <summary>A record is recognised by the method that the compiler gives to every record class.</summary>
    public bool IsRecord => Members.Any(member => member.Shape.Name == "PrintMembers");

    /// <summary>Reads a type from all its lines, with arguments in place of its type parameters if any are given.</summary>
    public static ApiType Read(IReadOnlyCollection<SurfaceLine> lines, IReadOnlyList<string>? arguments = null)
    {
        var head = lines.First(line => line.Kind == "type");
        var (name, parameters) = ListText.SplitGeneric(head.Type);
        string Fill(string text) => Substitute(text, parameters, arguments ?? parameters);

        var parts = head.Shape.Split(" : ", 2);
        var parents = parts.Length > 1 ? ListText.Split(Fill(parts[1])) : [];
        var @base = parents.FirstOrDefault(parent => !IsInterface(parent));
        return new ApiType(
            name,
            parameters,
            parts[0],
            @base,
            [.. parents.Where(IsInterface)],
            [.. lines.Where(line => line.Kind != "type").Select(line => new ApiMember(line, MemberShape.Parse(Fill(line.Shape))))]);
    }

    private static bool IsInterface(string type) =>
        InterfaceName().IsMatch(ListText.SplitGeneric(type).Name);

    private static string Substitute(string text, IReadOnlyList<string> parameters, IReadOnlyList<string> arguments)
    {
        var map = parameters.Zip(arguments).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return map.Count == 0 ? text : Word().Replace(text, word => map.GetValueOrDefault(word.Value, word.Value));
    }

    // The lists print classes and interfaces alike; the naming rule of .NET tells them apart.
    [GeneratedRegex(@"\bI[A-Z]\w*$")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"(?<![\w.])\w+(?![\w.])")]
    private static partial Regex Word();
}
