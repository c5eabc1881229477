using System.Reflection;
using EmbeddedHost.Hosting.Startup;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>Runs an app's own program up to the point where it starts its host.</summary>
internal static class AppProgram
{
    /// <summary>The host that the program builds.</summary>
    /// <param name="app">The program's assembly.</param>
    /// <param name="adapt">Changes what the host is built from.</param>
    /// <exception cref="ArgumentException">The assembly is no program.</exception>
    /// <exception cref="InvalidOperationException">The program built no host.</exception>
    public static IHost Build(Assembly app, Func<HostSetup, HostSetup> adapt)
    {
        var main = app.EntryPoint ?? throw new ArgumentException(
            $"The assembly '{app.GetName().Name}' has no entry point: give that of an app with a Program, or the app's FunctionTypes.", nameof(app));
        IHost? built = null;
        ProcessHost.Adapt(setup => adapt(setup) with { TakeOver = host => new Unstarted(built = host) });

        // Main may block on its own tasks: their continuations must not come back to the thread that it blocks.
        var ambient = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _ = main.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], culture: null);
        }
        catch (HostAbortedException) when (built is not null)
        {
            // The program is left where it would have run its host.
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(ambient);
            ProcessHost.Adapt(adaptation: null);
        }

        return built ?? throw new InvalidOperationException(
            $"The program '{app.GetName().Name}' ended without a host: expected it to build one from FunctionsApplication.CreateBuilder(args) and run it.");
    }

    /// <summary>What the program gets to run: running it ends the program, as .NET's own tools do that want only its host.</summary>
    private sealed class Unstarted(IHost host) : IHost
    {
        public IServiceProvider Services => host.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => throw new HostAbortedException("The test host starts the app itself.");

        public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose()
        {
            // The program is done with the host, but the test host is not.
        }
    }
}
