using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Reading;

namespace EmbeddedHost.Http.Management;

/// <summary>The JSON that a management call carries, whatever it is.</summary>
internal static class JsonBody
{
    // An input or an event larger than that belongs in storage, with its address as the payload.
    private const int LongestBody = 4 * 1024 * 1024;

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

    /// <summary>The body as a text; null where there is no body.</summary>
    public static async Task<string?> ReadTextAsync(HttpContext http)
    {
        using var body = await BodyAsync(http);
        return body.Bytes.Count > 0 ? Encoding.UTF8.GetString(body.Bytes) : null;
    }

    private static ValueTask<HeldBody> BodyAsync(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ManagementException(
                StatusCodes.Status400BadRequest, $"Content-Encoding: expected none, the body as it is and not compressed, found '{encoding}'.");
        }

        return http.RequestServices.GetRequiredService<RequestBodies>().ReadAsync(http, LongestBody);
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        using var json = JsonText.Parse(body, eachFieldOnce: false, out var fault);
        return json?.RootElement.Clone()
            ?? throw new ManagementException(StatusCodes.Status400BadRequest, $"The body is not JSON. {fault!.Field}: expected {fault.Expected}, found {fault.Found}");
    }
}
