using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>Tells callers of addresses that nothing serves what they got wrong.</summary>
internal static class UnservedRequests
{
    /// <summary>Middleware of the web server: adds problem details where routing answered with a bare status.</summary>
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.HasStarted || http.GetEndpoint()?.Metadata.GetMetadata<FunctionAnswers>() is not null)
        {
            return;
        }

        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                await Problem.SendAsync(http, StatusCodes.Status404NotFound, $"No function serves '{http.Request.Path}'.");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                await Problem.SendAsync(
                    http, StatusCodes.Status405MethodNotAllowed,
                    $"'{http.Request.Path}' takes {http.Response.Headers.Allow}, not {http.Request.Method}.");
                break;
            default:
                break;
        }
    }
}
