using System.Net;
using System.Text.Json.Serialization;

namespace Sagas.Fields;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Field">The field's path as the client wrote it, such as <c>items[0].qty</c>.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Found">What came instead, shortened.</param>
public sealed record FieldError(string Field, string Expected, string Found)
{
    private const int LongestFound = 80;

    /// <summary>What a request is answered with that has nothing worse wrong with it.</summary>
    [JsonIgnore]
    public HttpStatusCode Status { get; init; } = HttpStatusCode.BadRequest;

    /// <summary>Cuts a text that is too long for a message.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or its first 80 UTF-16 characters and an ellipsis.</returns>
    public static string Shorten(string text) => text.Length <= LongestFound ? text : string.Concat(text.AsSpan(0, LongestFound), "…");
}
