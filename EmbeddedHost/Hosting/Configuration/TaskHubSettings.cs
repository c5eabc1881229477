using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the engine is told about its hub.</summary>
/// <param name="Name">The task hub's name.</param>
/// <param name="File">The database file.</param>
/// <param name="MaxConcurrentActivities">How many activities run at once.</param>
/// <param name="MaxConcurrentOrchestrators">How many orchestrators take a turn at once.</param>
/// <param name="MaxWarmOrchestrators">How many orchestrators stay in memory between turns; 0 replays each turn.</param>
internal sealed record TaskHubSettings(
    string Name, string File, int MaxConcurrentActivities, int MaxConcurrentOrchestrators, int MaxWarmOrchestrators)
{
    private const string WarmKey = "EmbeddedHost:MaxWarmOrchestrators";
    private const int DefaultWarm = 10_000;

    /// <summary>The hub of a host, in the given file.</summary>
    /// <exception cref="HostStartupException">The configured cache size is no whole number.</exception>
    public static TaskHubSettings From(HostSettings settings, IConfiguration configuration, string file) => new(
        settings.Host.HubName,
        file,
        settings.Host.MaxConcurrentActivities,
        settings.Host.MaxConcurrentOrchestrators,
        settings.Arguments.WarmOrchestrators ?? Configured(configuration) ?? DefaultWarm);

    private static int? Configured(IConfiguration configuration) => configuration[WarmKey] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new HostStartupException($"Setting {WarmKey}: expected a whole number from 0, found '{text}'."),
    };
}
