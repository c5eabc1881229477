using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using EmbeddedHost.Http.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>Puts a host together: functions, middleware, routes.</summary>
internal static class HostComposition
{
    /// <exception cref="HostStartupException">The app's functions cannot be hosted.</exception>
    public static IHost Build(
        WebApplicationBuilder web,
        HostSetup setup,
        HostSettings settings,
        IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        setup.ReplaceServices?.Invoke(web.Services);
        _ = web.Services.AddSingleton(HostedFunction.Prepare(FunctionScanner.Scan(setup.FunctionTypes)));
        _ = web.Services.AddSingleton(new FunctionPipeline(middleware));

        var app = web.Build();
        var catalog = app.Services.GetRequiredService<FunctionCatalog>();
        _ = app.Use(LoopbackGuard.InvokeAsync);
        _ = app.Use(UnservedRequests.InvokeAsync);
        app.MapFunctions(catalog, settings.Host, app.Services.GetRequiredService<ILoggerFactory>());
        app.MapManagementApi();
        var host = new EmbeddedFunctionsHost(app, setup, settings);
        return setup.TakeOver?.Invoke(host) ?? host;
    }
}
