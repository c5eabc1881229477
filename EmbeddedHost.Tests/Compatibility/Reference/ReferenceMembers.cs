namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>Declares members in C#: what the lists leave to the reader (overriding, explicit implementation) is worked out here.</summary>
internal sealed class ReferenceMembers(TypeCatalog catalog)
{
    private const string Body = " => throw null!;";

    /// <summary>One member's declaration; empty for what the compiler writes into a record itself.</summary>
    public string Declare(ApiType type, ApiMember member)
    {
        if (type.IsRecord && IsSynthesized(type, member))
        {
            return "";
        }

        return member.Kind switch
        {
            "ctor" => Constructor(type, member.Shape),
            "method" => Method(type, member),
            "property" => Property(type, member),
            "field" => Field(member.Shape),
            _ => throw new NotSupportedException($"Reference source knows no {member.Kind} members; found '{member.Line}'."),
        };
    }

    /// <summary>What a constructor has to pass on: a record's copy goes to its base; a foreign base may need arguments.</summary>
    public string ConstructorChain(ApiType type, MemberShape? constructor)
    {
        if (type.Base is null)
        {
            return "";
        }

        if (constructor is not null && IsCopy(type, constructor))
        {
            return $" : base(@{constructor.Parameters[0].Name})";
        }

        var constructors = catalog.IsListed(type.Base)
            ? []
            : catalog.Find(type.Base)!.Members.Where(member => member.Kind == "ctor").ToList();
        if (constructors.Count == 0 || constructors.Exists(ctor => ctor.Shape.Parameters.Count == 0))
        {
            return "";
        }

        var arguments = constructors[0].Shape.Parameters.Select(parameter => $"default({CSharpText.Type(parameter.Type)})!");
        return $" : base({string.Join(", ", arguments)})";
    }

    /// <summary>The members of its interfaces that a type does not show: the real one implements them explicitly.</summary>
    public IEnumerable<string> ExplicitImplementations(ApiType type, IReadOnlyList<string> interfaces)
    {
        if (type.Kind == "interface")
        {
            yield break;
        }

        List<ApiMember> visible = [.. type.Members, .. catalog.BasesOf(type).SelectMany(parent => parent.Members)];
        foreach (var name in interfaces.Where(name => !IsSelfEquatable(type, name)))
        {
            foreach (var member in catalog.Find(name)!.Members.Where(member => member.Shape.Is("abstract")))
            {
                if (!visible.Exists(candidate => Implements(candidate, member)))
                {
                    yield return Explicitly(type, name, member);
                }
            }
        }
    }

    private string Constructor(ApiType type, MemberShape shape) =>
        $"{shape.Modifiers} {type.Name[(type.Name.LastIndexOf('.') + 1)..]}({CSharpText.Parameters(type.Name, shape.Parameters)})" +
        $"{ConstructorChain(type, shape)}{Body}";

    private string Method(ApiType type, ApiMember member)
    {
        var shape = member.Shape;
        var modifiers = Modifiers(type, member);
        var parameters = CSharpText.Parameters(type.Name, shape.Parameters);
        var head = shape.Name switch
        {
            "op_Implicit" => $"implicit operator {CSharpText.Type(shape.Result)}",
            "op_Equality" => $"{CSharpText.Type(shape.Result)} operator ==",
            "op_Inequality" => $"{CSharpText.Type(shape.Result)} operator !=",
            _ => $"{CSharpText.Type(shape.Result)} {shape.Name}{CSharpText.TypeParameters(shape.TypeParameters)}",
        };
        // An override inherits its constraints and may not repeat them.
        var constraints = modifiers.Contains("override", StringComparison.Ordinal) ? "" : " " + CSharpText.Type(shape.Tail);
        return $"{modifiers} {head}({parameters}){constraints}{(shape.Is("abstract") ? ";" : Body)}";
    }

    private string Property(ApiType type, ApiMember member)
    {
        var shape = member.Shape;
        var name = shape.Parameters.Count == 0 ? shape.Name : $"this[{CSharpText.Parameters(type.Name, shape.Parameters)}]";
        return $"{Modifiers(type, member)} {CSharpText.Type(shape.Result)} {name} {Accessors(shape)}";
    }

    private static string Field(MemberShape shape)
    {
        var modifiers = shape.Is("static") ? $"{shape.Modifiers} readonly" : shape.Modifiers;
        // The lists do not say what a constant's value is; reference source only needs it to be one.
        return $"{modifiers} {CSharpText.Type(shape.Result)} {shape.Name}{(shape.Is("const") ? " = default" : "")};";
    }

    private static string Accessors(MemberShape shape) =>
        shape.Is("abstract") ? shape.Tail : shape.Tail.Replace(";", Body, StringComparison.Ordinal);

    private string Modifiers(ApiType type, ApiMember member)
    {
        var shape = member.Shape;
        if (type.Kind == "interface")
        {
            return shape.Is("abstract") ? "" : "public virtual";
        }

        var isOverride = !shape.Is("static") && catalog.BasesOf(type)
            .SelectMany(parent => parent.Members)
            .Any(candidate => candidate.Matches(member) && (candidate.Shape.Is("virtual") || candidate.Shape.Is("abstract")));
        return (isOverride, shape) switch
        {
            (false, _) => shape.Modifiers,
            (_, var s) when s.Is("virtual") => shape.Modifiers.Replace("virtual", "override", StringComparison.Ordinal),
            (_, var s) when s.Is("abstract") => shape.Modifiers + " override",
            _ => shape.Modifiers + " sealed override",
        };
    }

    private static string Explicitly(ApiType type, string contract, ApiMember member)
    {
        var shape = member.Shape;
        var parameters = CSharpText.Parameters(type.Name, shape.Parameters, withDefaults: false);
        var head = $"{CSharpText.Type(shape.Result)} {CSharpText.Type(contract)}.";
        return (member.Kind, shape.Parameters.Count) switch
        {
            ("method", _) => $"{head}{shape.Name}{CSharpText.TypeParameters(shape.TypeParameters)}({parameters}){Body}",
            (_, 0) => $"{head}{shape.Name} {shape.Tail.Replace(";", Body, StringComparison.Ordinal)}",
            _ => $"{head}this[{parameters}] {shape.Tail.Replace(";", Body, StringComparison.Ordinal)}",
        };
    }

    private static bool Implements(ApiMember candidate, ApiMember required) =>
        candidate.Matches(required) &&
        candidate.Shape.Result == required.Shape.Result &&
        candidate.Shape.Is("public") &&
        required.Shape.Tail.Trim('{', '}', ' ').Split(' ').All(accessor => candidate.Shape.Tail.Contains(accessor, StringComparison.Ordinal));

    private static bool IsSynthesized(ApiType type, ApiMember member) => member switch
    {
        { Kind: "ctor" } => member.Shape.Is("protected") && IsCopy(type, member.Shape),
        _ => member.Shape.Name is
            "EqualityContract" or "PrintMembers" or "Equals" or "GetHashCode" or "ToString" or "op_Equality" or "op_Inequality",
    };

    private static bool IsCopy(ApiType type, MemberShape constructor) =>
        type.IsRecord && constructor.Parameters is [var only] && only.Type == type.Name;

    private static bool IsSelfEquatable(ApiType type, string contract) =>
        type.IsRecord && contract == $"System.IEquatable<{type.Name}>";
}
