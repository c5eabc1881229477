using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace EmbeddedHost.Http.Management;

/// <summary>The JSON that a management call carries, whatever it is.</summary>
internal static class JsonBody
{
    // An input or an event larger than that belongs in storage, with its address as the payload.
    private const int LongestBody = 1024 * 1024;

    private const string Json = "application/json";

    /// <summary>The body's value.</summary>
    /// <exception cref="ManagementException">400: it does not say <c>application/json</c>, or is no JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
        {
            throw new ManagementException(
                StatusCodes.Status400BadRequest, $"Expected a body of type {Json}, found '{http.Request.ContentType}'.");
        }

        using var body = await BodyAsync(http);
        return Parse(body.Bytes);
    }

    /// <summary>The body's value; null where there is no body.</summary>
    /// <exception cref="ManagementException">400: it is no JSON.</exception>
    public static async Task<JsonElement?> ReadOptionalAsync(HttpContext http)
    {
        using var body = await BodyAsync(http);
        return body.Bytes.Count > 0 ? Parse(body.Bytes) : null;
    }

    private static ValueTask<HeldBody> BodyAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<RequestBodies>().ReadAsync(http, LongestBody);

    private static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        JsonElement value;
        try
        {
            value = JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            throw new ManagementException(StatusCodes.Status400BadRequest, $"The body is not JSON: {e.Message}");
        }

        return IsText(body, value)
            ? value
            : throw new ManagementException(StatusCodes.Status400BadRequest, "The body is not JSON in UTF-8 whose texts are whole characters.");
    }

    // Half of a surrogate pair can be escaped in valid JSON, and is no text: it cannot be written down.
    private static bool IsText(ReadOnlySpan<byte> body, JsonElement value)
    {
        try
        {
            JsonSerializer.Serialize(Stream.Null, value);
            return Utf8.IsValid(body);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
