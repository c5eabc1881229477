using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost;

/// <summary>Puts the embedded host beneath a functions app.</summary>
public static class EmbeddedHostExtensions
{
    /// <summary>
    /// Runs the app in this process, without a Functions host. Does nothing where a Functions host has started the process.
    /// Call it right after <c>FunctionsApplication.CreateBuilder(args)</c>; <c>--help</c> lists the host's options.
    /// </summary>
    /// <returns>The same builder.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder UseEmbeddedHost(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return IsWorker(builder.Configuration)
            ? builder
            : EmbeddedStartup.Use(builder, ProcessHost.SetupOf(Assembly.GetCallingAssembly()));
    }

    /// <summary>
    /// Runs the app in this process, without a Functions host. Does nothing where a Functions host has started the process.
    /// Call it after <c>ConfigureFunctionsWorkerDefaults()</c>.
    /// </summary>
    /// <returns>The same builder.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHostBuilder UseEmbeddedHost(this IHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(Environment.GetCommandLineArgs()[1..]).Build();
        return IsWorker(environment)
            ? builder
            : EmbeddedStartup.Use(builder, ProcessHost.SetupOf(Assembly.GetCallingAssembly()));
    }

    // A Functions host tells the worker that it starts where it is.
    private static bool IsWorker(IConfiguration configuration) => configuration["Functions:Worker:HostEndpoint"] is not null;
}
