using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using EmbeddedHost.Http.AspNetCore;
using EmbeddedHost.Http.Management;
using EmbeddedHost.Storage.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts a host together: functions, middleware, routes.</summary>
internal static class HostComposition
{
    /// <summary>Adds the app's functions, once its services and middleware are known.</summary>
    /// <exception cref="HostStartupException">The app's functions cannot be hosted.</exception>
    public static void AddFunctions(this WorkerBuilder worker, HostSetup setup, HostSettings settings)
    {
        setup.ReplaceServices?.Invoke(worker.Services);
        worker.Services.UseEmbeddedTables();
        var descriptors = FunctionScanner.Scan(setup.FunctionTypes, setup.Replacements);
        AspNetCoreIntegration.Check(descriptors, worker.Services);
        var functions = HostedFunction.Prepare(descriptors);
        worker.Services.AddSingleton(functions);
        worker.Services.AddSingleton(HttpRoute.Of(functions, settings.Host));
        worker.Services.AddSingleton(worker.BuildPipeline());
    }

    /// <summary>The web server's way to the functions and the management API.</summary>
    public static void UseFunctions(this IApplicationBuilder app)
    {
        var stop = app.ApplicationServices.GetRequiredService<HostStop>();
        _ = app.Use((http, next) => stop.Begun.IsCancellationRequested ? Problem.RefuseAsync(http, Problem.Stopping()) : next(http));
        _ = app.UseRouting();
        app.UseAccessControl();
        _ = app.Use(UnservedRequests.InvokeAsync);
        _ = app.UseEndpoints(endpoints =>
        {
            endpoints.MapFunctions();
            endpoints.MapManagementApi();
        });
    }
}
