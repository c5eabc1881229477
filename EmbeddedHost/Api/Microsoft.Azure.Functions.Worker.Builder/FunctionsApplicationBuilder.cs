using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Takes the app's configuration, services and middleware, and builds its host.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly WorkerBuilder _worker;
    private readonly HostSetup _setup;
    private readonly HostSettings _settings;

    internal FunctionsApplicationBuilder(HostSetup setup)
    {
        _setup = setup;
        _settings = ProcessHost.ReadSettings(setup);
        _web = WebServer.CreateBuilder(_settings);
        _web.Configuration.AddSettings(setup.Settings);
        _web.Services.AddEmbeddedHost(setup, _settings);
        _worker = new WorkerBuilder(_web.Services);
    }

    /// <summary>The app's configuration: environment variables, then local settings, then <c>appsettings.json</c>.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => _web.Services;

    /// <summary>Where the app runs.</summary>
    public IHostEnvironment Environment => _web.Environment;

    /// <summary>The app's logging.</summary>
    public ILoggingBuilder Logging => _web.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => _web.Metrics;

    /// <summary>Values that libraries share while the host is built.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => _web.Configuration;

    /// <summary>Replaces the container that makes the app's services.</summary>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Puts a middleware around every invocation, inside of those added before.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _ = _worker.Use(middleware);
        return this;
    }

    /// <summary>Builds the host.</summary>
    public IHost Build() => ProcessHost.OrExit(_setup.OwnsProcess, () =>
    {
        _worker.AddFunctions(_setup, _settings);
        var app = _web.Build();
        app.UseFunctions();
        return EmbeddedFunctionsHost.Around(app, _setup, _settings);
    });
}
