using System.Reflection;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>The door that a program's <c>Main</c> comes through.</summary>
internal static class ProcessHost
{
    private const int Failed = 1;
    private static readonly AsyncLocal<Func<HostSetup, HostSetup>?> Adaptation = new();

    /// <summary>Changes the setup of the hosts that programs build in this asynchronous flow, from now on.</summary>
    public static void Adapt(Func<HostSetup, HostSetup>? adaptation) => Adaptation.Value = adaptation;

    /// <summary>
    /// A builder for an app's functions. The process belongs to the host where the app is its program; where another
    /// program (a test run) calls the app, it does not.
    /// </summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args, Assembly app)
    {
        var ownsProcess = app == Assembly.GetEntryAssembly();
        return OrExit(ownsProcess, () =>
        {
            if (ownsProcess && HostArguments.Parse(args).Help)
            {
                Console.WriteLine(HostArguments.Usage);
                Environment.Exit(0);
            }

            var setup = new HostSetup { Arguments = args, FunctionTypes = app.GetTypes(), OwnsProcess = ownsProcess };
            return new FunctionsApplicationBuilder(Adaptation.Value?.Invoke(setup) ?? setup);
        });
    }

    /// <summary>Does a step of the start; where it fails and the process is the host's, says why and ends it.</summary>
    public static T OrExit<T>(bool ownsProcess, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (HostStartupException e) when (ownsProcess)
        {
            Exit(e);
            throw;
        }
    }

    /// <summary>Says why the host cannot start, and ends the process.</summary>
    public static void Exit(HostStartupException reason)
    {
        Console.Error.WriteLine(reason.Message);
        Environment.Exit(Failed);
    }
}
