using System.ComponentModel.DataAnnotations;
using EmbeddedHost.Engine;
using Microsoft.Extensions.Configuration;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>The engines that a host can have beneath it.</summary>
internal enum HostEngine
{
    /// <summary>Ours, in this process alone, over files.</summary>
    Embedded,

    /// <summary>Microsoft's Durable Task Framework over a storage account, which several hosts share.</summary>
    AzureStorage,
}

/// <summary>The host's own settings, under <c>EmbeddedHost__</c>.</summary>
internal sealed class HubOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "EmbeddedHost";

    /// <summary>The part of the section that has keys, which are read elsewhere.</summary>
    public const string Keys = "Keys";

    /// <summary>The engine.</summary>
    public HostEngine Engine { get; set; }

    /// <summary>How many orchestrators stay in memory between turns. Null: the engine's default.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxWarmOrchestrators { get; set; }

    /// <summary>Reads the settings; an option on the command line goes before its setting.</summary>
    /// <exception cref="HostStartupException">A setting of the host is unknown, not what it should be, or without effect.</exception>
    public static HubOptions Read(HostArguments arguments, IConfiguration configuration)
    {
        var own = new HubOptions();
        if (SettingsReader.Read(configuration.GetSection(Section), own, others: Keys) is { Count: > 0 } errors)
        {
            throw new HostStartupException(string.Join(Environment.NewLine, errors));
        }

        own.Engine = arguments.Engine ?? own.Engine;
        OptionRules.Check(arguments, own);
        return own;
    }

    /// <summary>What the embedded engine is told of options, files and settings.</summary>
    public TaskHubOptions For(HostSettings settings)
    {
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
            MaxWarmOrchestrators = settings.Arguments.WarmOrchestrators ?? MaxWarmOrchestrators ?? defaults.MaxWarmOrchestrators,
        };
    }
}
