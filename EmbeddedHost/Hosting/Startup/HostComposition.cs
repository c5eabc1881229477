using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using EmbeddedHost.Http.AspNetCore;
using EmbeddedHost.Queues;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts a host together: functions, middleware, routes.</summary>
internal static class HostComposition
{
    /// <summary>Adds what depends on the app's own services, once all of them are there.</summary>
    /// <exception cref="HostStartupException">The app's functions cannot be hosted.</exception>
    public static void Complete(IServiceCollection services, HostSetup setup, HostSettings settings)
    {
        WorkerInternals.RemoveWorker(services);
        setup.ReplaceServices?.Invoke(services);
        if (services.Any(static service => service.ServiceType == typeof(EmbeddedRuntime)))
        {
            // Elsewhere clients of development storage find the emulator.
            services.UseEmbeddedTables();
            QueueClients.Use(services);
        }

        var found = FunctionScanner.Scan(setup.FunctionTypes, setup.Replacements);
        services.AddSingleton(UnservedBindings.Of(found));
        var functions = HostedFunction.Prepare(found.Where(static function => function.Kind != TriggerKind.Unserved));
        if (!AspNetCoreIntegration.TryConnect(services))
        {
            AspNetCoreIntegration.RefuseWithout(functions);
        }

        services.AddRequestPipeline();
        services.AddSingleton(functions);
        services.AddSingleton(HttpRoute.Of(functions, settings.Host));
        StartWebServerLast(services);
        // After that: a queue or timer function may call the app's own addresses.
        services.AddHostedService(static provider => provider.GetRequiredService<QueueTriggers>());
        services.AddHostedService(static provider => provider.GetRequiredService<TimerTriggers>());
        WrapHost(services, setup, settings);
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
