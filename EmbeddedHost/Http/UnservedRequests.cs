using EmbeddedHost.Hosting.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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
                await Problem.SendAsync(http, StatusCodes.Status404NotFound, $"No function serves '{http.Request.Path}'. {Where(http)}");
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

    private static string Where(HttpContext http)
    {
        var prefix = http.RequestServices.GetRequiredService<HostSettings>().Host.RoutePrefix;
        return prefix.Length == 0
            ? "The host prints each function's address when it starts."
            : $"Functions are below '/{prefix}/'; the host prints each one's address when it starts.";
    }
}
