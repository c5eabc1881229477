using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http.Keys;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>What the options can ask for instead of a running host.</summary>
internal static class HostCommands
{
    /// <summary>Does what the options ask for; false where they ask for the host itself.</summary>
    /// <exception cref="HostStartupException">An option is wrong, or cannot be done.</exception>
    public static bool TryRun(HostSetup setup)
    {
        var arguments = HostArguments.Parse(setup.Arguments);
        if (arguments.Help)
        {
            setup.Output.WriteLine(HostArguments.Usage);
        }
        else if (arguments.CreateKeys)
        {
            KeyCommands.Create(Settings(setup), FunctionScanner.Scan(setup.FunctionTypes), setup.Time, setup.Output);
        }
        else if (arguments.ListKeys)
        {
            var settings = Settings(setup);
            var sets = KeySet.AllOf(FunctionScanner.Scan(setup.FunctionTypes));
            KeyCommands.List(settings, KeySettings.Read(Configuration(setup, settings), sets), setup.Time, setup.Output);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static ConfigurationManager Configuration(HostSetup setup, HostSettings settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddAllSettings(settings, setup.Settings);
        return configuration;
    }

    private static HostSettings Settings(HostSetup setup) => HostSettings.Read(setup.Arguments, setup.ContentRoot, setup.Settings);
}
