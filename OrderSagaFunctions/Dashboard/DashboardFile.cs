using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace OrderSagaFunctions.Dashboard;

/// <summary>A file of the dashboard page. They are part of the assembly, so that the page is there on every host.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="ETag">Changes with each change of the bytes.</param>
internal sealed record DashboardFile(byte[] Content, string MediaType, string ETag)
{
    /// <summary>The page itself, which loads the other files.</summary>
    public const string Page = "dashboard.html";

    private const string Prefix = "Dashboard/";

    // Read at the first call, so that a start does not wait for it.
    private static readonly Lazy<FrozenDictionary<string, DashboardFile>> LazyAll = new(static () => typeof(DashboardFile).Assembly.GetManifestResourceNames()
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
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => throw new InvalidOperationException($"The page has a file of an unknown kind: {resource}."),
        };
        return new DashboardFile(content, mediaType, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
    }
}
