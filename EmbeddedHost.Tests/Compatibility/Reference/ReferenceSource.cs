using System.Text;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>C# source that declares what the lists say and nothing else; every body throws.</summary>
internal sealed class ReferenceSource
{
    private readonly TypeCatalog _catalog;
    private readonly ReferenceMembers _members;
    private readonly StringBuilder _text = new();
    private readonly SortedSet<string> _unknownTypes = new(StringComparer.Ordinal);
    private readonly List<SurfaceLine> _skipped = [];

    private ReferenceSource(TypeCatalog catalog)
    {
        _catalog = catalog;
        _members = new ReferenceMembers(catalog);
    }

    public string Text => _text.ToString();

    /// <summary>Types that a list mentions but that are in no list and no referenced assembly.</summary>
    public IReadOnlyCollection<string> UnknownTypes => _unknownTypes;

    /// <summary>The lines left out, or declared without an interface, because of an unknown type.</summary>
    public IReadOnlyCollection<SurfaceLine> Skipped => _skipped;

    public static ReferenceSource Generate(TypeCatalog catalog)
    {
        var source = new ReferenceSource(catalog);
        foreach (var @namespace in catalog.Types.Where(type => !source.IsNested(type)).GroupBy(type => Scope(type.Name), StringComparer.Ordinal))
        {
            source._text.AppendLine($"namespace {@namespace.Key}").AppendLine("{");
            foreach (var type in @namespace)
            {
                source.Write(type);
            }

            source._text.AppendLine("}");
        }

        return source;
    }

    private void Write(ApiType type)
    {
        if (type.Kind == "delegate")
        {
            var invoke = type.Members.First(member => member.Shape.Name == "Invoke").Shape;
            _text.AppendLine($"public delegate {CSharpText.Type(invoke.Result)} {Simple(type)}" +
                $"{CSharpText.TypeParameters(type.TypeParameters)}({CSharpText.Parameters(type.Name, invoke.Parameters)});");
            return;
        }

        var kind = type.IsRecord ? type.Kind.Replace("class", "record", StringComparison.Ordinal) : type.Kind;
        var interfaces = OwnInterfaces(type);
        List<string> parents = [.. new[] { type.Base }.OfType<string>(), .. interfaces];
        var heritage = parents.Count == 0 ? "" : $" : {string.Join(", ", parents.Select(CSharpText.Type))}";
        _text.AppendLine($"public {kind} {Simple(type)}{CSharpText.TypeParameters(type.TypeParameters)}{heritage}").AppendLine("{");
        WriteBody(type, interfaces);
        foreach (var nested in _catalog.Types.Where(other => IsNested(other) && Scope(other.Name) == type.Name))
        {
            Write(nested);
        }

        _text.AppendLine("}");
    }

    private void WriteBody(ApiType type, IReadOnlyList<string> interfaces)
    {
        if (type.Kind == "enum")
        {
            _text.AppendJoin(',', type.Members.Select(member => member.Line.Shape)).AppendLine();
            return;
        }

        foreach (var member in type.Members.Where(member => IsExpressible(member.Line)))
        {
            _text.AppendLine(_members.Declare(type, member));
        }

        if (type.Kind is "class" or "abstract class" or "sealed class" && !type.Members.Any(IsParameterlessConstructor))
        {
            // Stands in for the default constructor that C# would add, and is what derived types here chain to.
            _text.AppendLine($"internal {Simple(type)}(){_members.ConstructorChain(type, null)} {{ }}");
        }

        foreach (var stub in _members.ExplicitImplementations(type, interfaces))
        {
            _text.AppendLine(stub);
        }
    }

    private List<string> OwnInterfaces(ApiType type)
    {
        var inherited = type.Base is null ? [] : _catalog.Find(type.Base)?.Interfaces ?? [];
        List<string> own = [];
        foreach (var contract in type.Interfaces.Except(inherited, StringComparer.Ordinal))
        {
            var unknown = _catalog.UnknownNames(contract).ToList();
            _unknownTypes.UnionWith(unknown);
            if (unknown.Count == 0)
            {
                own.Add(contract);
            }
            else
            {
                _skipped.Add(_catalog.HeadOf(type));
            }
        }

        return own;
    }

    private bool IsExpressible(SurfaceLine line)
    {
        var unknown = _catalog.UnknownNames(line.Shape).ToList();
        if (unknown.Count > 0)
        {
            _unknownTypes.UnionWith(unknown);
            _skipped.Add(line);
        }

        return unknown.Count == 0;
    }

    private bool IsNested(ApiType type) => _catalog.IsListedName(Scope(type.Name));

    private static bool IsParameterlessConstructor(ApiMember member) => member is { Kind: "ctor", Shape.Parameters: [] };

    private static string Scope(string name) => name[..name.LastIndexOf('.')];

    private static string Simple(ApiType type) => type.Name[(type.Name.LastIndexOf('.') + 1)..];
}
