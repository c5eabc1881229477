using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using EmbeddedHost.Http.Management;
using EmbeddedHost.Queues;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Storage.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts a host together: functions, middleware, routes.</summary>
internal static class HostComposition
{
    private const string AspNetCoreIntegration = "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore";

    /// <summary>Adds what depends on the app's own services, once all of them are there.</summary>
    /// <exception cref="HostStartupException">The app's functions cannot be hosted.</exception>
    public static void Complete(IServiceCollection services, HostSetup setup, HostSettings settings)
    {
        WorkerInternals.RemoveWorker(services);
        setup.ReplaceServices?.Invoke(services);
        RefuseAspNetCoreIntegration(services);
        services.UseEmbeddedTables();
        QueueClients.Use(services);
        var functions = HostedFunction.Prepare(FunctionScanner.Scan(setup.FunctionTypes, setup.Replacements));
        services.AddSingleton(functions);
        services.AddSingleton(HttpRoute.Of(functions, settings.Host));
        // After the app's own services, which its functions may need.
        services.AddHostedService(static provider => provider.GetRequiredService<QueueTriggers>());
        StartWebServerLast(services);
        WrapHost(services, setup, settings);
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

    // The template of Core Tools has it. It would fail at the first request only, and say nothing of the cause.
    private static void RefuseAspNetCoreIntegration(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType.Assembly.GetName().Name == AspNetCoreIntegration))
        {
            throw new HostStartupException(
                "The app calls ConfigureFunctionsWebApplication(), and the embedded host does not serve the ASP.NET Core integration: remove that "
                + "call, and take HttpRequestData and return HttpResponseData in HTTP functions.");
        }
    }

    // The app's own services come up before the first request comes in.
    private static void StartWebServerLast(IServiceCollection services)
    {
        var server = services.First(static service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Name == "GenericWebHostService");
        _ = services.Remove(server);
        services.Add(server);
    }

    // The builder resolves the host that it returns: the last one registered.
    private static void WrapHost(IServiceCollection services, HostSetup setup, HostSettings settings)
    {
        var inner = services.Last(static service => service.ServiceType == typeof(IHost)).ImplementationFactory!;
        _ = services.AddSingleton<IHost>(provider => EmbeddedFunctionsHost.Around((IHost)inner(provider), setup, settings));
    }
}
