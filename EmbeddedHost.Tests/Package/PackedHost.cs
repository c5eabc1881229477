namespace EmbeddedHost.Tests.Package;

/// <summary>The host's package.</summary>
public sealed class PackedHost() : PackedProjects(new Dictionary<string, string>(StringComparer.Ordinal) { ["EmbeddedHost"] = Id })
{
    /// <summary>What an app names in its <c>PackageReference</c>.</summary>
    public const string Id = "DurableFunctions.EmbeddedHost";
}

/// <summary>The tests of the package: one is made for all of them.</summary>
[CollectionDefinition(Name)]
public sealed class PackageDefinition : ICollectionFixture<PackedHost>
{
    public const string Name = "Package";
}
