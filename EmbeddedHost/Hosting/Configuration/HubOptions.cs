using System.ComponentModel.DataAnnotations;
using EmbeddedHost.Engine;
using Microsoft.Extensions.Configuration;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>The host's own settings, under <c>EmbeddedHost__</c>.</summary>
internal sealed class HubOptions
{
    private const string Section = "EmbeddedHost";

    /// <summary>How many orchestrators stay in memory between turns. Null: the engine's default.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxWarmOrchestrators { get; set; }

    /// <summary>What the engine is told of options, files and environment.</summary>
    /// <exception cref="HostStartupException">A setting of the host is unknown, or not what it should be.</exception>
    public static TaskHubOptions From(HostSettings settings, IConfiguration configuration)
    {
        var own = new HubOptions();
        if (SettingsReader.Read(configuration.GetSection(Section), own) is { Count: > 0 } errors)
        {
            throw new HostStartupException(string.Join(Environment.NewLine, errors));
        }

        var defaults = new TaskHubOptions();
        return defaults with
        {
            MaxConcurrentActivities = settings.Host.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = settings.Host.MaxConcurrentOrchestrators,
            MaxConcurrentEntities = settings.Host.MaxConcurrentEntities,
            MaxEntityBatch = settings.Host.MaxEntityBatch,
            TurnTimeout = settings.Host.FunctionTimeout,
            DefaultVersion = settings.Host.Versioning.Version is { Length: > 0 } version ? version : null,
            Versioning = settings.Host.Versioning,
            MaxWarmOrchestrators = settings.Arguments.WarmOrchestrators ?? own.MaxWarmOrchestrators ?? defaults.MaxWarmOrchestrators,
        };
    }
}
