using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Startup;
using Microsoft.Azure.Functions.Worker;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the functions of the calling assembly, and the host that runs them, to a program's host.</summary>
public static class WorkerHostBuilderExtensions
{
    /// <summary>With the defaults.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(this IHostBuilder builder) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), configure: null, configureOptions: null);

    /// <summary>With middleware.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(this IHostBuilder builder, Action<IFunctionsWorkerApplicationBuilder> configure) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), (_, worker) => configure(worker), configureOptions: null);

    /// <summary>With middleware that depends on configuration.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(this IHostBuilder builder, Action<HostBuilderContext, IFunctionsWorkerApplicationBuilder> configure) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), configure, configureOptions: null);

    /// <summary>With options.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(this IHostBuilder builder, Action<WorkerOptions> configureOptions) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), configure: null, configureOptions);

    /// <summary>With middleware and options.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(
        this IHostBuilder builder, Action<IFunctionsWorkerApplicationBuilder> configure, Action<WorkerOptions> configureOptions) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), (_, worker) => configure(worker), configureOptions);

    /// <summary>With middleware that depends on configuration, and options.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder ConfigureFunctionsWorkerDefaults(
        this IHostBuilder builder, Action<HostBuilderContext, IFunctionsWorkerApplicationBuilder> configure, Action<WorkerOptions> configureOptions) =>
        GenericHost.Configure(builder, Assembly.GetCallingAssembly(), configure, configureOptions);
}
