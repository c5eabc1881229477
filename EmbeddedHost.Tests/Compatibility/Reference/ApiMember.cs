namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>A member's line and what it says.</summary>
internal sealed record ApiMember(SurfaceLine Line, MemberShape Shape)
{
    public string Kind => Line.Kind;

    /// <summary>Whether another member is the same for overriding and implementing.</summary>
    public bool Matches(ApiMember other) => Kind == other.Kind && Shape.Signature == other.Shape.Signature;
}
