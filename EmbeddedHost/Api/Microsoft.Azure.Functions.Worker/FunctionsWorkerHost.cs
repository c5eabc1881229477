using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the calling assembly's functions, for programs that have nothing to set up but services.</summary>
public static class FunctionsWorkerHost
{
    /// <summary>Runs until the process is asked to stop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunDefault(Action<IServiceCollection>? configureServices = null) =>
        Build(Assembly.GetCallingAssembly(), configureServices).Run();

    /// <summary>Runs until the process is asked to stop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task RunDefaultAsync(Action<IServiceCollection>? configureService = null) =>
        Build(Assembly.GetCallingAssembly(), configureService).RunAsync();

    private static IHost Build(Assembly app, Action<IServiceCollection>? configure) => GenericHost
        .Configure(new HostBuilder(), app, (_, worker) => configure?.Invoke(worker.Services), configureOptions: null)
        .Build();
}
