using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker.Http;

namespace OrderSagaFunctions.Http;

/// <summary>The entity tags of RFC 9110, section 8.8.3: a caller that has a body already is not sent it again.</summary>
internal static class EntityTag
{
    /// <summary>The header of a tag.</summary>
    public const string Header = "ETag";

    // 128 bits tell all bodies of an address apart.
    private const int Bytes = 16;
    private const string WeakPrefix = "W/";
    private const string Any = "*";

    /// <summary>The strong tag of a body: another body has another one.</summary>
    public static string Of(ReadOnlySpan<byte> body) => $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, Bytes))}\"";

    /// <summary>
    /// Whether the caller says in <c>If-None-Match</c> that it has the body of this tag. A weak tag counts as its strong one (RFC
    /// 9110, section 13.1.2).
    /// </summary>
    public static bool IsKnownTo(HttpRequestData request, string tag) =>
        request.Headers.TryGetValues("If-None-Match", out var known)
        // No tag of ours has a comma.
        && known.SelectMany(static header => header.Split(',', StringSplitOptions.TrimEntries)).Any(candidate => candidate == Any
            || (candidate.StartsWith(WeakPrefix, StringComparison.Ordinal) ? candidate[WeakPrefix.Length..] : candidate) == tag);
}
