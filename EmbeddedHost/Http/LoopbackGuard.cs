using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>
/// Keeps web pages from elsewhere away from a host that asks for no keys: it answers to loopback names only, so that
/// a name that was rebound to 127.0.0.1 leads nowhere, and it refuses a browser's writes from another origin.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Middleware of the web server.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (!IsLoopback(request.Host.Host))
        {
            return Problem.SendAsync(
                http, StatusCodes.Status421MisdirectedRequest,
                $"This host answers to localhost, 127.0.0.1 and [::1] only; the request is for '{request.Host.Host}'.");
        }

        if (IsWrite(request.Method) && request.Headers.Origin is [{ } origin, ..] && !IsOwn(origin, request))
        {
            return Problem.SendAsync(
                http, StatusCodes.Status403Forbidden,
                $"A page of another origin ('{origin}') may not {request.Method} here.");
        }

        return next(http);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";

    private static bool IsWrite(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    private static bool IsOwn(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
