using System.Reflection;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The checkout that this test was built in.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(static () => Metadata("Repository")!);

    public static string PathOf(params string[] parts) => Path.GetFullPath(Path.Combine([Root.Value, .. parts]));

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>What the build has noted under a name; null where it has not.</summary>
    public static string? Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
