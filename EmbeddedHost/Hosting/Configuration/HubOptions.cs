using System.Globalization;
using EmbeddedHost.Engine;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the engine is told of options, files and environment.</summary>
internal static class HubOptions
{
    private const string WarmKey = "EmbeddedHost:MaxWarmOrchestrators";

    /// <exception cref="HostStartupException">The configured cache size is no whole number.</exception>
    public static TaskHubOptions From(HostSettings settings, IConfiguration configuration)
    {
        var defaults = new TaskHubOptions();
        return defaults with
        {
            MaxConcurrentActivities = settings.Host.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = settings.Host.MaxConcurrentOrchestrators,
            DefaultVersion = settings.Host.DefaultVersion,
            MaxWarmOrchestrators = settings.Arguments.WarmOrchestrators ?? Configured(configuration) ?? defaults.MaxWarmOrchestrators,
        };
    }

    private static int? Configured(IConfiguration configuration) => configuration[WarmKey] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new HostStartupException($"Setting {WarmKey}: expected a whole number from 0, found '{text}'."),
    };
}
