using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http.AspNetCore;
using Microsoft.Azure.Functions.Worker;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Adds the functions of the calling assembly, and the host that runs them, to a program's host, with ASP.NET Core's own
/// types in HTTP functions.
/// </summary>
public static class FunctionsHostBuilderExtensions
{
    /// <summary>With the defaults.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWebApplication(this IHostBuilder builder) =>
        Configure(builder, Assembly.GetCallingAssembly(), (_, _) => { });

    /// <summary>With middleware.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWebApplication(this IHostBuilder builder, Action<IFunctionsWorkerApplicationBuilder> configureWorker) =>
        Configure(builder, Assembly.GetCallingAssembly(), (_, worker) => configureWorker(worker));

    /// <summary>With middleware that depends on configuration.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWebApplication(
        this IHostBuilder builder, Action<HostBuilderContext, IFunctionsWorkerApplicationBuilder> configureWorker) =>
        Configure(builder, Assembly.GetCallingAssembly(), configureWorker);

    private static IHostBuilder Configure(IHostBuilder builder, Assembly app, Action<HostBuilderContext, IFunctionsWorkerApplicationBuilder> configure) =>
        GenericHost.Configure(
            builder,
            app,
            (context, worker) =>
            {
                AspNetCoreIntegration.Add(worker.Services);
                configure(context, worker);
            },
            configureOptions: null);
}
