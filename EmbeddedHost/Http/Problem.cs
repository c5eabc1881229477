using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbeddedHost.Http;

/// <summary>Errors as problem details (RFC 9457).</summary>
internal static class Problem
{
    // A stopped host or its store may be back by then, and memory for a body be free.
    private const string SecondsToRetry = "1";

    // The body is JSON for programs and people's terminals, never markup: quotes may stand as they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends an error. The detail is for the caller: it holds no internals.</summary>
    public static Task SendAsync(HttpContext http, int status, string detail)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("instance", http.Request.Path.Value);
            json.WriteEndObject();
        }

        http.Response.ContentLength = body.WrittenCount;
        return http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted).AsTask();
    }

    /// <summary>Answers a request that is not served: it is wrong in itself, or the host has no memory or no time for it.</summary>
    public static async Task RefuseAsync(HttpContext http, BadHttpRequestException refusal)
    {
        // What of its body is still to come is not waited for.
        http.Response.Headers.Connection = "close";
        if (refusal.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = SecondsToRetry;
        }

        await SendAsync(http, refusal.StatusCode, refusal.Message);
    }

    /// <summary>The refusal of what comes, or is still open, while the host stops.</summary>
    public static BadHttpRequestException Stopping() =>
        new("The host is stopping. Send the request again once it has started.", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers a call that failed because the store did.</summary>
    public static Task SendStorageFailureAsync(HttpContext http, string detail)
    {
        http.Response.Headers.RetryAfter = SecondsToRetry;
        return SendAsync(http, StatusCodes.Status503ServiceUnavailable, detail);
    }
}
