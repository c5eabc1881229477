using System.Globalization;
using System.Reflection;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Printing;
using EmbeddedHost.Hosting.Supervision;
using EmbeddedHost.Storage.Pairing;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>The door that a program's <c>Main</c> comes through.</summary>
internal static class ProcessHost
{
    private const int Failed = 1;
    private static readonly AsyncLocal<Func<HostSetup, HostSetup>?> Adaptation = new();

    /// <summary>Changes the setup of the hosts that programs build in this asynchronous flow, from now on.</summary>
    public static void Adapt(Func<HostSetup, HostSetup>? adaptation) => Adaptation.Value = adaptation;

    /// <summary>
    /// What an app's host is built from. The process belongs to the host where the app is its program; where another
    /// program (a test run) calls the app, it does not.
    /// </summary>
    public static HostSetup SetupOf(Assembly app)
    {
        var ownsProcess = app == Assembly.GetEntryAssembly();
        string[] arguments = ownsProcess ? Environment.GetCommandLineArgs()[1..] : [];
        if (ownsProcess)
        {
            SuperviseIfAsked(arguments);
        }

        var setup = new HostSetup
        {
            Arguments = arguments,
            App = app,
            FunctionTypes = FunctionAssemblies.TypesOf(app),
            DataFormats = DataFormatsOf(app),
            HomePage = MetadataOf(app, "HomePage"),
            Supervisor = ownsProcess ? SupervisorLink.TryOpen() : null,
            OwnsProcess = ownsProcess,
            Ink = Ink.ForTerminal(Console.IsOutputRedirected, Environment.GetEnvironmentVariable("NO_COLOR")),
        };
        if (ownsProcess && OrExit(ownsProcess, () => HostCommands.TryRun(setup)))
        {
            Environment.Exit(0);
        }

        return Adaptation.Value?.Invoke(setup) ?? setup;
    }

    // The first thing of all: until the child is started, nothing of the host is.
    private static void SuperviseIfAsked(string[] arguments)
    {
        if (OrExit(ownsProcess: true, () => HostArguments.Parse(arguments)) is { Supervise: true, Help: false })
        {
            Environment.Exit(Supervisor.Run(arguments));
        }
    }

    // Part of the app, which knows no type of this host: an attribute of .NET's own says it.
    private static string? MetadataOf(Assembly app, string key) =>
        app.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == key)?.Value;

    private static DataFormats DataFormatsOf(Assembly app)
    {
        var number = NumberOf(app, "DataFormat") ?? 0;
        return new DataFormats(NumberOf(app, "DataFormatReadsFrom") ?? number, number);
    }

    private static int? NumberOf(Assembly app, string key) =>
        MetadataOf(app, key) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>Reads options and files; where the process is the host's, local settings become environment variables.</summary>
    /// <exception cref="HostStartupException">One of them is not what it should be.</exception>
    public static HostSettings ReadSettings(HostSetup setup) => OrExit(setup.OwnsProcess, () =>
    {
        var settings = HostSettings.Read(setup.Arguments, setup.ContentRoot, setup.Settings);
        if (setup.OwnsProcess)
        {
            HostConfiguration.PublishToEnvironment(settings.Local);
        }

        return settings;
    });

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
