using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Http;
using Reading;
using Sagas.Fields;

namespace Sagas.Http;

/// <summary>Reads requests' bodies: a JSON object in which each field stands once, sent as it is. Its content type does not matter.</summary>
public static class JsonBody
{
    /// <summary>The bytes of a body at most.</summary>
    public const int MostBytes = 256 * 1024;

    private const string EncodingHeader = "Content-Encoding";

    /// <summary>Reads the body; where it is no such object or too large, says so in the errors and returns null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="isOptional">Whether no body at all is as good as an empty object.</param>
    public static async Task<JsonDocument?> ReadJsonAsync(
        this HttpRequestData request, ICollection<FieldError> errors, CancellationToken cancellation, bool isOptional = false)
    {
        if (request.Headers.TryGetValues(EncodingHeader, out var encodings) && string.Join(", ", encodings) is var encoding
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new FieldError(EncodingHeader, "none: the body as it is, not compressed", FieldError.Shorten(encoding)));
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (body.Length <= MostBytes && await request.Body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        if (body.Length == 0)
        {
            // The Functions host hands a body on only where its length was announced: what was sent in chunks is lost there.
            if (request.Headers.Contains("Transfer-Encoding"))
            {
                errors.Add(Refuse("a body with its Content-Length", "one in chunks, of which nothing arrived"));
                return null;
            }

            if (isOptional)
            {
                return JsonDocument.Parse("{}");
            }
        }

        var json = Parse(body.GetBuffer().AsMemory(0, (int)body.Length), out var error);
        if (error is not null)
        {
            errors.Add(error);
        }

        return json;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, out FieldError? error)
    {
        if (body.Length is 0 or > MostBytes)
        {
            error = body.Length == 0
                ? Refuse("a JSON object", "nothing")
                : Refuse($"a body of at most {MostBytes} bytes", "more") with { Status = HttpStatusCode.RequestEntityTooLarge };
            return null;
        }

        var json = JsonText.Parse(body, eachFieldOnce: true, out var fault);
        error = fault is not null ? new FieldError(FieldError.Shorten(fault.Field), fault.Expected, fault.Found)
            : json!.RootElement.ValueKind == JsonValueKind.Object ? null
            : Refuse("a JSON object", JsonFields.Describe(json.RootElement));
        if (error is null)
        {
            return json;
        }

        json?.Dispose();
        return null;
    }

    private static FieldError Refuse(string expected, string found) => new("$", expected, found);
}
