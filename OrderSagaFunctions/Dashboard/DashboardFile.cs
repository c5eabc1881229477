using System.Collections.Frozen;
using System.Reflection;

namespace OrderSagaFunctions.Dashboard;

/// <summary>A file of the dashboard page. They are part of the assembly, so that the page is there on every host.</summary>
/// <param name="Content">Its bytes: a text in UTF-8.</param>
/// <param name="MediaType">What it is.</param>
internal sealed record DashboardFile(byte[] Content, string MediaType)
{
    /// <summary>The page itself, which loads the other files.</summary>
    public const string Page = "dashboard.html";

    private const string Prefix = "Dashboard/";

    // Read at the first call, so that a start does not wait for it.
    private static readonly Lazy<FrozenDictionary<string, DashboardFile>> LazyAll = new(static () => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => name[Prefix.Length..], Read, StringComparer.Ordinal));

    /// <summary>All files by name.</summary>
    public static FrozenDictionary<string, DashboardFile> All => LazyAll.Value;

    private static DashboardFile Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var mediaType = Path.GetExtension(resource) switch
        {
            ".html" => "text/html",
            ".css" => "text/css",
            ".js" => "text/javascript",
            _ => throw new InvalidOperationException($"The page has a file of an unknown kind: {resource}."),
        };
        return new DashboardFile(content, mediaType);
    }
}
