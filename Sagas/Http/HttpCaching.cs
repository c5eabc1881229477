using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker.Http;

namespace Sagas.Http;

/// <summary>What callers keep of answers, and how they ask whether it still holds (RFC 9110, RFC 9111).</summary>
public static class HttpCaching
{
    /// <summary>The header of a tag.</summary>
    public const string TagHeader = "ETag";

    /// <summary>The header of <see cref="NoCache"/>.</summary>
    internal const string ControlHeader = "Cache-Control";

    /// <summary>Of an answer: it may be kept, but each use asks here first. Of a request: what is kept is not good enough.</summary>
    public const string NoCache = "no-cache";

    /// <summary>Of an answer: nobody is to keep it.</summary>
    internal const string NoStore = "no-store";

    // 128 bits tell all bodies of an address apart.
    private const int TagBytes = 16;
    private const string WeakPrefix = "W/";
    private const string Any = "*";

    /// <summary>The strong tag of a body: another body has another one.</summary>
    internal static string TagOf(ReadOnlySpan<byte> body) => $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, TagBytes))}\"";

    /// <summary>
    /// Whether the caller says in <c>If-None-Match</c> that it has the body of this tag. A weak tag counts as its strong one (RFC
    /// 9110, section 13.1.2).
    /// </summary>
    internal static bool IsKnownTo(HttpRequestData request, string tag) =>
        Values(request, "If-None-Match").Any(candidate => candidate == Any
            || (candidate.StartsWith(WeakPrefix, StringComparison.Ordinal) ? candidate[WeakPrefix.Length..] : candidate) == tag);

    /// <summary>Whether the caller wants nothing that was kept, as a browser's forced reload does.</summary>
    public static bool WantsFresh(HttpRequestData request) =>
        Values(request, ControlHeader).Contains(NoCache, StringComparer.OrdinalIgnoreCase);

    // No tag of ours, and no directive that is looked for, has a comma.
    private static IEnumerable<string> Values(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out var values)
            ? values.SelectMany(static value => value.Split(',', StringSplitOptions.TrimEntries))
            : [];
}
