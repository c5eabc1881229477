using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http;

/// <summary>
/// The web server's way to the functions and the management API. Web middleware of the app (a worker has it by
/// <see cref="IStartupFilter"/>) runs for requests to functions alone, and after keys were checked: on Azure the Functions host does
/// that before the worker sees a request.
/// </summary>
internal static class RequestPipeline
{
    /// <summary>Puts the way around the startup filters that are there: the app's.</summary>
    public static void AddRequestPipeline(this IServiceCollection services)
    {
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new Front()));
        _ = services.AddSingleton<IStartupFilter>(new End());
    }

    private static bool IsForFunction(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<HostedFunction>() is not null;

    /// <summary>Comes first: what follows it are the app's own filters.</summary>
    private sealed class Front : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            // Where the app or an extension asks to listen; the host has its own addresses.
            app.ServerFeatures.Get<IServerAddressesFeature>()?.Addresses.Clear();
            var stop = app.ApplicationServices.GetRequiredService<HostStop>();
            _ = app.Use((http, next) => stop.Begun.IsCancellationRequested ? Problem.RefuseAsync(http, Problem.Stopping()) : next(http));
            _ = app.UseRouting();
            app.UseAccessControl();
            _ = app.Use(UnservedRequests.InvokeAsync);
            _ = app.UseWhen(IsForFunction, next);
            _ = app.UseEndpoints(endpoints =>
            {
                endpoints.MapFunctions();
                endpoints.MapManagementApi();
                endpoints.MapInstancesPage();
                endpoints.MapAdminApi();
            });
        };
    }

    /// <summary>Comes last: in place of what an extension configures for a web server of its own.</summary>
    private sealed class End : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => static _ => { };
    }
}
