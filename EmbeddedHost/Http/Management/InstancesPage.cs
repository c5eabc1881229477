using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EmbeddedHost.Http.Management;

/// <summary>
/// Serves the page of an app's instances, at the base of the management API: no function of an app is there. Its files hold
/// nothing secret, and a browser sends no key when it opens an address. What the page shows it reads from the API, which asks for
/// a key where the host does.
/// </summary>
internal static class InstancesPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = ManagementLinks.BasePath;

    private const string Document = "instances.html";

    // No script, style or request but the page's own, no markup made from texts, and nobody may show the page in a frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Maps the page and its files, for callers without a key.</summary>
    public static void MapInstancesPage(this IEndpointRouteBuilder endpoints)
    {
        _ = endpoints.MapMethods(Path, [HttpMethods.Get], static http => http.Request.Path.Value!.EndsWith('/')
            // The page's own addresses are relative to one without a slash at its end.
            ? Results.Redirect($"{http.Request.PathBase}{Path}", permanent: true, preserveMethod: true).ExecuteAsync(http)
            : SendAsync(http, Document)).WithMetadata(FunctionAnswers.Instance);
        _ = endpoints.MapMethods($"{Path}/page/{{file}}", [HttpMethods.Get], static http => SendAsync(http, (string)http.Request.RouteValues["file"]!))
            .WithMetadata(FunctionAnswers.Instance);
    }

    private static Task SendAsync(HttpContext http, string name)
    {
        if (!PageFile.All.TryGetValue(name, out var file))
        {
            return Problem.SendAsync(http, StatusCodes.Status404NotFound, $"The page has no file '{name}'.");
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Content, file.MediaType, entityTag: file.Tag).ExecuteAsync(http);
    }
}

/// <summary>A file of the page. They are part of the assembly.</summary>
/// <param name="Content">Its bytes: a text in UTF-8.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Tag">Changes with the content.</param>
internal sealed record PageFile(byte[] Content, string MediaType, EntityTagHeaderValue Tag)
{
    private const string Prefix = "Page/";

    // Read at the first call, so that a start does not wait for it.
    private static readonly Lazy<FrozenDictionary<string, PageFile>> LazyAll = new(static () => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => name[Prefix.Length..], Read, StringComparer.Ordinal));

    /// <summary>All files by name.</summary>
    public static FrozenDictionary<string, PageFile> All => LazyAll.Value;

    private static PageFile Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var mediaType = System.IO.Path.GetExtension(resource) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => throw new InvalidOperationException($"The page has a file of an unknown kind: {resource}."),
        };
        return new PageFile(content, mediaType, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\""));
    }
}
