using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Answers;
using Sagas.Http;

namespace OrderSagaFunctions.Dashboard;

/// <summary>
/// Serves the dashboard page. The files hold nothing secret, and a browser sends no key when it opens an address: what the
/// page shows it reads from the API, with the key that it asks for.
/// </summary>
public sealed class DashboardPage
{
    // No script, style or request but the page's own, no markup made from texts, and nobody may show the page in a frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>The page: 304 if the caller has it already.</summary>
    [Function("GetDashboard")]
    public Task<HttpResponseData> GetAsync([HttpTrigger(Roles.Anyone, "get", Route = "dashboard")] HttpRequestData request) =>
        // The page's own addresses are relative to one without a slash at its end.
        request.Url.AbsolutePath.EndsWith('/')
            ? Task.FromResult(Move(request, request.Url.AbsolutePath.TrimEnd('/')))
            : AnswerAsync(request, DashboardFile.Page);

    /// <summary>A file of the page: 304 if the caller has it already, 404 if there is no such file.</summary>
    [Function("GetDashboardFile")]
    public Task<HttpResponseData> GetFileAsync(
        [HttpTrigger(Roles.Anyone, "get", Route = "dashboard/{file}")] HttpRequestData request, string file) => AnswerAsync(request, file);

    private static async Task<HttpResponseData> AnswerAsync(HttpRequestData request, string name)
    {
        if (!DashboardFile.All.TryGetValue(name, out var file))
        {
            return await request.AnswerAsync(new Problem(OrderProblems.UnknownFile, "Unknown file", (int)HttpStatusCode.NotFound, $"The page has no file '{name}'."));
        }

        var response = await request.AnswerTextAsync(file.Content, file.MediaType);
        response.Headers.Add("Content-Security-Policy", Policy);
        response.Headers.Add("X-Content-Type-Options", "nosniff");
        response.Headers.Add("Referrer-Policy", "no-referrer");
        return response;
    }

    private static HttpResponseData Move(HttpRequestData request, string path)
    {
        var response = request.CreateResponse(HttpStatusCode.PermanentRedirect);
        response.Headers.Add("Location", path);
        return response;
    }
}

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
