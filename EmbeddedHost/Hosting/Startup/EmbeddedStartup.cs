using EmbeddedHost.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts the host into a program's builder, whichever form the program has.</summary>
internal static class EmbeddedStartup
{
    /// <summary>Into a functions application's builder.</summary>
    /// <exception cref="HostStartupException">An option or a settings file is not what it should be.</exception>
    public static FunctionsApplicationBuilder Use(FunctionsApplicationBuilder builder, HostSetup setup)
    {
        WorkerInternals.RunStartupCode(setup.App, builder);
        _ = builder.ConfigureDurableExtension();
        _ = Use(new HostBuilderAdapter(builder), setup);
        return builder;
    }

    /// <summary>Into a generic host's builder.</summary>
    /// <exception cref="HostStartupException">An option or a settings file is not what it should be.</exception>
    public static IHostBuilder Use(IHostBuilder builder, HostSetup setup)
    {
        var settings = ProcessHost.ReadSettings(setup);
        return builder
            .ConfigureAppConfiguration(configuration => ProcessHost.OrExit(setup.OwnsProcess, () =>
            {
                configuration.AddAllSettings(settings, setup.Settings, isSupervised: setup.Supervisor is not null);
                return configuration;
            }))
            .ConfigureLogging((context, logging) =>
            {
                // The worker's own provider writes to the Functions host.
                _ = logging.ClearProviders();
                logging.AddHostLogging(context.Configuration);
            })
            .ConfigureServices((context, services) => ProcessHost.OrExit(setup.OwnsProcess, () =>
            {
                var own = HubOptions.Read(settings.Arguments, context.Configuration);
                if (own.Engine != HostEngine.Embedded && !setup.ServesAccounts)
                {
                    throw new HostStartupException(
                        $"Setting {HubOptions.Section}__{nameof(own.Engine)} is {own.Engine}, and the test host runs on the embedded engine alone: "
                        + $"set it to {HostEngine.Embedded} among the settings of the test.");
                }

                services.AddEmbeddedHost(setup, settings, own);
                return own;
            }))
            .ConfigureWebHost(
                web => web
                    .UseHostServer(settings)
                    // The web server wants something here; the request pipeline is startup filters, which come before it.
                    .Configure(static _ => { })
                    .UseSetting(WebHostDefaults.ApplicationKey, AppDomain.CurrentDomain.FriendlyName),
                options => options.SuppressEnvironmentConfiguration = true)
            .UseServiceProviderFactory(new EmbeddedContainerFactory(setup, settings));
    }

    /// <summary>Looks at the app's services when all of them are there.</summary>
    private sealed class EmbeddedContainerFactory(HostSetup setup, HostSettings settings) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => ProcessHost.OrExit(setup.OwnsProcess, () =>
        {
            HostComposition.Complete(services, setup, settings);
            return services;
        });

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
    }
}
