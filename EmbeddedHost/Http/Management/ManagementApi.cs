using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http.Management;

/// <summary>The HTTP API that the Durable Task extension puts beside an app's functions.</summary>
internal static class ManagementApi
{
    private const string Instances = ManagementLinks.BasePath + "/instances";
    private const string Instance = Instances + "/{id}";
    private const string Entities = ManagementLinks.BasePath + "/entities";

    /// <summary>Maps the API. A wrong method on a known address is not known (404), as in the original.</summary>
    public static void MapManagementApi(this IEndpointRouteBuilder endpoints)
    {
        Map("GET", Instances, InstanceQueries.ListAsync);
        Map("GET", Instance, InstanceQueries.GetAsync);
        Map("DELETE", Instances, InstancePurge.ManyAsync);
        Map("DELETE", Instance, InstancePurge.OneAsync);
        Map("POST", Instance + "/raiseEvent/{name}", InstanceControl.RaiseEventAsync);
        Map("POST", Instance + "/terminate", InstanceControl.TerminateAsync);
        Map("POST", Instance + "/suspend", InstanceControl.SuspendAsync);
        Map("POST", Instance + "/resume", InstanceControl.ResumeAsync);
        Map("POST", Instance + "/rewind", InstanceControl.RewindAsync);
        Map("POST", Instance + "/restart", InstanceControl.RestartAsync);
        Map("POST", ManagementLinks.BasePath + "/orchestrators/{name}/{id?}", OrchestratorStart.StartAsync);
        Map("GET", Entities + "/{name?}", EntityCalls.ListAsync);
        Map("GET", Entities + "/{name}/{key}", EntityCalls.GetAsync);
        Map("POST", Entities + "/{name}/{key?}", EntityCalls.SignalAsync);
        Map("DELETE", Entities + "/{name}/{key?}", EntityCalls.DeleteAsync);
        _ = endpoints
            .Map(ManagementLinks.BasePath + "/{**rest}", http => Problem.SendAsync(
                http, StatusCodes.Status404NotFound, $"The management API has no {http.Request.Method} {http.Request.Path}."))
            .WithMetadata(FunctionAnswers.Instance, AccessRule.Management);

        void Map(string method, string route, ManagementOperation operation) => endpoints
            .MapMethods(route, [method], http => ServeAsync(http, operation))
            .WithMetadata(FunctionAnswers.Instance, AccessRule.Management);
    }

    private static async Task ServeAsync(HttpContext http, ManagementOperation operation)
    {
        var services = http.RequestServices;
        var call = new ManagementCall(
            http,
            services.GetRequiredService<IHostRuntime>().Hub,
            services.GetRequiredService<TimeProvider>());
        try
        {
            await operation(call);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await SendFailureAsync(http, e);
        }
    }

    private static Task SendFailureAsync(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ManagementException known:
                return Problem.SendAsync(http, known.Status, known.Message);
            case BadHttpRequestException request:
                return Problem.RefuseAsync(http, request);
            case ArgumentException argument:
                return Problem.SendAsync(http, StatusCodes.Status400BadRequest, argument.Message);
            case var _ when http.RequestServices.GetRequiredService<IHostRuntime>().Unavailable(failure) is { } detail:
                return Problem.SendStorageFailureAsync(http, detail);
            default:
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("EmbeddedHost.Management")
                    .LogError(failure, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
                return Problem.SendAsync(http, StatusCodes.Status500InternalServerError, "The call failed; the host's log says why.");
        }
    }
}
