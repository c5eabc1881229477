using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http;

/// <summary>What of the Functions host's administration there is: a timer function is run by hand.</summary>
internal static class AdminApi
{
    /// <summary>Maps the address, which takes the master key. The body, <c>{"input":""}</c>, says nothing to a timer.</summary>
    public static void MapAdminApi(this IEndpointRouteBuilder endpoints) => endpoints
        .MapMethods("/admin/functions/{name}", [HttpMethods.Post], RunAsync)
        .WithMetadata(FunctionAnswers.Instance, AccessRule.Administration);

    private static Task RunAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (http.RequestServices.GetRequiredService<TimerTriggers>().TryRun(name))
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        }

        var other = http.RequestServices.GetRequiredService<FunctionCatalog>().Functions
            .FirstOrDefault(function => function.Descriptor.FunctionName.Equals(name, StringComparison.OrdinalIgnoreCase));
        return other is null
            ? Problem.SendAsync(http, StatusCodes.Status404NotFound, $"The app has no function '{name}'.")
            : Problem.SendAsync(
                http, StatusCodes.Status400BadRequest, $"Function '{name}' is no timer function ({other.Descriptor.BindingType}): others cannot be run by hand here.");
    }
}
