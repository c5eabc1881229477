using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>
/// A request as the activity's input holds it. The package's own class only writes that: on Azure the extension reads it.
/// </summary>
internal sealed record HttpCall
{
    // The app's serializer wrote it, whatever it makes of names and of status codes.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public required string Method { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>Each value is a text, or an array of texts.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    public string? Content { get; init; }

    public JsonElement? TokenSource { get; init; }

    public HttpRetryOptions? RetryOptions { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static HttpCall Read(byte[]? input) => JsonSerializer.Deserialize<HttpCall>(input, Json)!;

    /// <summary>The headers with their values.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string?> Values)> AllHeaders() => (Headers ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        .Select(static header => (header.Key, (IReadOnlyList<string?>)(header.Value.ValueKind == JsonValueKind.Array
            ? [.. header.Value.EnumerateArray().Select(static value => value.GetString())]
            : [header.Value.GetString()])));
}
