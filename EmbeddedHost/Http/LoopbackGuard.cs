using System.Net;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>
/// Keeps web pages from elsewhere away from a host that listens on loopback: it answers to loopback names only, so that
/// a name that was rebound to 127.0.0.1 leads nowhere, and it refuses a browser's writes from another origin.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Middleware of the web server: refuses requests for other hosts.</summary>
    public static Task CheckHostAsync(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host.Host;
        return IsLoopback(host)
            ? next(http)
            : Problem.SendAsync(
                http, StatusCodes.Status403Forbidden,
                $"This host answers to localhost, 127.0.0.1 and [::1] only; the request is for '{host}'.");
    }

    /// <summary>Middleware of the web server: refuses writes that a page of another origin makes a browser send.</summary>
    public static Task CheckOriginAsync(HttpContext http, RequestDelegate next) =>
        IsWrite(http.Request.Method) && ForeignOrigin(http.Request) is { } origin
            ? Problem.SendAsync(
                http, StatusCodes.Status403Forbidden, $"A page of another origin ({origin}) may not {http.Request.Method} here.")
            : next(http);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsWrite(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    // Programs that are no browsers send neither header.
    private static string? ForeignOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin, ..])
        {
            return origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase) ? null : $"'{origin}'";
        }

        return request.Headers["Sec-Fetch-Site"] is [{ } site and not ("same-origin" or "none"), ..] ? site : null;
    }
}
