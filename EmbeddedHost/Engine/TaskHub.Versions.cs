using DurableTask.Core.Settings;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <content>The versions of instances, and which of them run here.</content>
internal sealed partial class TaskHub
{
    /// <summary>Whether an instance of a version that does not run here fails; else it waits for a host that takes it.</summary>
    public bool FailsOtherVersions => _options.Versioning?.FailureStrategy == VersioningSettings.VersionFailureStrategy.Fail;

    /// <summary>The version of an instance: what it was asked for as, else the hub's default; null is none.</summary>
    public string? VersionOf(string? asked) => (asked ?? _options.DefaultVersion) is { Length: > 0 } version ? version : null;

    /// <summary>Whether instances of a version run here.</summary>
    public bool Runs(string? version) => _options.Versioning is not { } here || here.MatchStrategy switch
    {
        VersioningSettings.VersionMatchStrategy.Strict => (version ?? "") == here.Version,
        VersioningSettings.VersionMatchStrategy.CurrentOrOlder => VersioningSettings.CompareVersions(version, here.Version) <= 0,
        _ => true,
    };

    /// <summary>An instance's version does not run here.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Orchestrator} '{InstanceId}' has the version '{Version}', which does not run here (host.json: defaultVersion, versionMatchStrategy). It waits for a host that runs it.")]
    public partial void LogOtherVersion(string orchestrator, string instanceId, string? version);
}
