using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EmbeddedHost.Http;

/// <summary>Reads a request's body into memory.</summary>
internal static class RequestBody
{
    public static ValueTask<byte[]> ReadAsync(HttpContext http) => http.Request.ContentLength switch
    {
        0 => new([]),
        { } length => ReadExactlyAsync(http, length),
        null when http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false => new([]),
        null => ReadToEndAsync(http),
    };

    // The web server has refused a length beyond its limit by now.
    private static async ValueTask<byte[]> ReadExactlyAsync(HttpContext http, long length)
    {
        var body = new byte[length];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        return body;
    }

    private static async ValueTask<byte[]> ReadToEndAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }
}
