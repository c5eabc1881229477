using System.Reflection;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts the host into an <see cref="IHostBuilder"/>, for programs of that form.</summary>
internal static class GenericHost
{
    private static readonly object Parts = new();

    /// <summary>Adds the host and the functions of an assembly; called again, what the further call configures.</summary>
    /// <exception cref="HostStartupException">An option or a settings file is not what it should be.</exception>
    public static IHostBuilder Configure(
        IHostBuilder builder,
        Assembly app,
        Action<HostBuilderContext, IFunctionsWorkerApplicationBuilder>? configure,
        Action<WorkerOptions>? configureOptions)
    {
        if (builder.Properties.TryGetValue(Parts, out var earlier))
        {
            ((List<Action<HostBuilderContext, WorkerBuilder>>)earlier).Add(Configured);
            return builder;
        }

        var parts = new List<Action<HostBuilderContext, WorkerBuilder>> { Configured };
        builder.Properties.Add(Parts, parts);
        // A program that starts an app for itself (a test) leaves its own setup here.
        var setup = builder.Properties.TryGetValue(typeof(HostSetup), out var given) ? (HostSetup)given : ProcessHost.SetupOf(app);
        var settings = ProcessHost.ReadSettings(setup);
        return builder
            .ConfigureHostConfiguration(configuration => configuration.AddInMemoryCollection(
            [
                new(HostDefaults.EnvironmentKey, WebServer.EnvironmentName()),
                new(HostDefaults.ContentRootKey, settings.ContentRoot),
            ]))
            .ConfigureAppConfiguration(configuration =>
            {
                configuration.AddHostSettings(settings);
                configuration.AddSettings(setup.Settings);
            })
            .ConfigureLogging((context, logging) => logging.AddHostLogging(context.Configuration))
            // First in: the task hub starts before the web server, and stops after it.
            .ConfigureServices((_, services) => services.AddEmbeddedHost(setup, settings))
            .ConfigureWebHost(
                web => web
                    .UseHostServer(settings)
                    .Configure(HostComposition.UseFunctions)
                    .UseSetting(WebHostDefaults.ApplicationKey, app.GetName().Name),
                options => options.SuppressEnvironmentConfiguration = true)
            .ConfigureServices((context, services) => ProcessHost.OrExit(setup.OwnsProcess, () =>
            {
                var worker = new WorkerBuilder(services);
                parts.ForEach(part => part(context, worker));
                worker.AddFunctions(setup, settings);
                WrapHost(services, setup, settings);
                return services;
            }));

        void Configured(HostBuilderContext context, WorkerBuilder worker)
        {
            configure?.Invoke(context, worker);
            if (configureOptions is not null)
            {
                _ = worker.Services.Configure(configureOptions);
            }
        }
    }

    // The builder resolves the host that it returns: the last one registered.
    private static void WrapHost(IServiceCollection services, HostSetup setup, HostSettings settings)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IHost)).ImplementationFactory!;
        _ = services.AddSingleton<IHost>(provider => EmbeddedFunctionsHost.Around((IHost)inner(provider), setup, settings));
    }
}
