using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>Every type that generated reference source may name: the lists' own, and those of the assemblies it compiles against.</summary>
internal sealed partial class TypeCatalog
{
    private readonly Dictionary<string, List<SurfaceLine>> _listed;
    private readonly HashSet<string> _listedNames;
    private readonly FrameworkTypes _framework;

    public TypeCatalog(IEnumerable<SurfaceLine> lines, FrameworkTypes framework)
    {
        _listed = lines.Distinct().GroupBy(line => Key(line.Type), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        _listedNames = _listed.Keys.Select(key => key.Split('`')[0]).ToHashSet(StringComparer.Ordinal);
        _framework = framework;
        Types = [.. _listed.Values.Select(type => ApiType.Read(type))];
    }

    /// <summary>The lists' types; one that several lists extend appears once, with the members of all.</summary>
    public IReadOnlyList<ApiType> Types { get; }

    /// <summary>The type that a text such as <c>Microsoft.DurableTask.Page&lt;System.String&gt;</c> names; null if unknown.</summary>
    public ApiType? Find(string type)
    {
        var (name, arguments) = ListText.SplitGeneric(type);
        if (_listed.TryGetValue(Key(type), out var lines))
        {
            return ApiType.Read(lines, arguments);
        }

        return _framework.Find(name, arguments.Count) is { } found
            ? ApiType.Read([.. SurfaceWriter.Write(found).Select(member => member.Line)], arguments)
            : null;
    }

    /// <summary>The base class, its base and so on, up to <see cref="object"/>.</summary>
    public IEnumerable<ApiType> BasesOf(ApiType type)
    {
        for (var next = type.Base; next is not null && Find(next) is { } found; next = found.Base)
        {
            yield return found;
        }

        yield return Find("System.Object")!;
    }

    /// <summary>The line that declares a listed type.</summary>
    public SurfaceLine HeadOf(ApiType type) =>
        _listed[$"{type.Name}`{type.TypeParameters.Count}"].First(line => line.Kind == "type");

    /// <summary>Whether a type is one of the lists' own.</summary>
    public bool IsListed(string type) => _listed.ContainsKey(Key(type));

    /// <summary>Whether a listed type has this name, whatever its number of type parameters.</summary>
    public bool IsListedName(string name) => _listedNames.Contains(name);

    /// <summary>The full names in a text that neither a list nor an assembly has.</summary>
    public IEnumerable<string> UnknownNames(string text) =>
        FullName().Matches(text).Select(match => match.Value).Where(name => !_listedNames.Contains(name) && !_framework.Contains(name));

    private static string Key(string type)
    {
        var (name, arguments) = ListText.SplitGeneric(type);
        return $"{name}`{arguments.Count}";
    }

    [GeneratedRegex(@"[A-Za-z_]\w*(\.\w+)+", RegexOptions.ExplicitCapture)]
    private static partial Regex FullName();
}
