namespace EmbeddedHost.Tests.Package;

/// <summary>The host's package.</summary>
public sealed class PackedHost() : PackedProjects(new Dictionary<string, string>(StringComparer.Ordinal) { ["EmbeddedHost"] = Id })
{
    /// <summary>What an app names in its <c>PackageReference</c>.</summary>
    public const string Id = "DurableFunctions.EmbeddedHost";
}
