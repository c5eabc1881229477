using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The public surface of one real assembly, as listed in <c>Surface/NAME.txt</c>.</summary>
internal sealed record SurfaceList(string Name, IReadOnlyList<SurfaceLine> Lines)
{
    private const string ResourcePrefix = "Surface/";

    /// <summary>Every list of the repository, ordered by name.</summary>
    public static IReadOnlyList<SurfaceList> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    private static SurfaceList Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new SurfaceList(resource[ResourcePrefix.Length..], [.. lines.Select(SurfaceLine.Parse)]);
    }
}
