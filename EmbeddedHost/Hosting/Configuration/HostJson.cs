using DurableTask.Core.Settings;
using Microsoft.Extensions.Logging;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the host takes from <c>host.json</c>.</summary>
internal sealed record HostJson
{
    private const int TasksPerCore = 10;

    // The web server's own limit: a body is in memory as a whole.
    private const int MostBodyBytes = 30_000_000;

    /// <summary>What every HTTP function's route begins with; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>
    /// Whether <c>X-Forwarded-Host</c> and <c>X-Forwarded-Proto</c> are believed, for a host behind a proxy that sets them.
    /// </summary>
    public bool UseForwardedHost { get; init; }

    /// <summary>How many bytes the body of a call to a function may have.</summary>
    public int MaxRequestBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The task hub, where it is a storage account's.</summary>
    public StorageProviderSettings Storage { get; init; } = new();

    /// <summary>How many activities run at once.</summary>
    public int MaxConcurrentActivities { get; init; } = TasksPerCore * Environment.ProcessorCount;

    /// <summary>How many orchestrators' code runs at once.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = TasksPerCore * Environment.ProcessorCount;

    /// <summary>How many entities run operations at once.</summary>
    public int MaxConcurrentEntities { get; init; } = TasksPerCore * Environment.ProcessorCount;

    /// <summary>How many operations an entity runs for one commit.</summary>
    public int MaxEntityBatch { get; init; } = 5000;

    /// <summary>The version of instances that are started without one, and which others run here.</summary>
    public VersioningSettings Versioning { get; init; } = new() { MatchStrategy = VersioningSettings.VersionMatchStrategy.CurrentOrOlder };

    /// <summary>After how long an HTTP function or an activity is asked to end, and a turn of an orchestrator runs again; null: never.</summary>
    public TimeSpan? FunctionTimeout { get; init; }

    /// <summary>How long Durable HTTP waits before it asks again, where a 202 does not say.</summary>
    public TimeSpan HttpPollingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How queue triggers take messages, and how these are encoded.</summary>
    public QueueSettings Queues { get; init; } = new();

    /// <summary>Log levels by category; <c>default</c> is everything else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LogLevels { get; init; } = [];

    /// <summary>Reads <c>host.json</c> in a folder; without one, the defaults.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="overrides">Settings that go before the file; null: none.</param>
    /// <exception cref="HostStartupException">The file, or a setting in its place, is not what it should be.</exception>
    public static HostJson Read(string folder, SettingOverrides? overrides = null)
    {
        var defaults = new HostJson();
        var path = Path.Combine(folder, "host.json");
        var file = (JsonFile.Read(path) ?? new JsonFile(path, Path: "", Element: null)) with { Overrides = overrides };
        var extensions = file.Section("extensions");
        var durableTask = extensions.Section("durableTask");
        var http = extensions.Section("http");
        return new HostJson
        {
            RoutePrefix = http.Text("routePrefix")?.Trim('/') ?? defaults.RoutePrefix,
            // The second is where the Durable Task extension looks.
            UseForwardedHost = http.Flag("useForwardedHost") || durableTask.Section("httpSettings").Flag("useForwardedHost"),
            MaxRequestBodyBytes = http.Number("maxRequestBodyBytes", 1, MostBodyBytes) ?? defaults.MaxRequestBodyBytes,
            Storage = StorageProviderSettings.Read(durableTask),
            MaxConcurrentActivities =
                durableTask.Number("maxConcurrentActivityFunctions", 1, int.MaxValue) ?? defaults.MaxConcurrentActivities,
            MaxConcurrentOrchestrators =
                durableTask.Number("maxConcurrentOrchestratorFunctions", 1, int.MaxValue) ?? defaults.MaxConcurrentOrchestrators,
            MaxConcurrentEntities = durableTask.Number("maxConcurrentEntityFunctions", 1, int.MaxValue) ?? defaults.MaxConcurrentEntities,
            MaxEntityBatch = durableTask.Number("maxEntityOperationBatchSize", 1, int.MaxValue) ?? defaults.MaxEntityBatch,
            Versioning = Versions(durableTask),
            HttpPollingInterval = durableTask.Section("httpSettings").Number("defaultAsyncRequestSleepTimeMilliseconds", 1, int.MaxValue) is { } milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : defaults.HttpPollingInterval,
            FunctionTimeout = Timeout(file),
            Queues = QueueSettings.Read(extensions.Section("queues")),
            LogLevels = [.. Levels(file.Section("logging").Section("logLevel"))],
        };
    }

    private static VersioningSettings Versions(JsonFile durableTask) => new()
    {
        Version = durableTask.Text("defaultVersion") ?? "",
        MatchStrategy = durableTask.Choice<VersioningSettings.VersionMatchStrategy>("versionMatchStrategy")
            ?? VersioningSettings.VersionMatchStrategy.CurrentOrOlder,
        FailureStrategy = durableTask.Choice<VersioningSettings.VersionFailureStrategy>("versionFailureStrategy")
            ?? VersioningSettings.VersionFailureStrategy.Reject,
    };

    private static TimeSpan? Timeout(JsonFile file) => file.Text("functionTimeout") switch
    {
        null or "-1" => null,
        var text when Times.TryDuration(text, out var timeout) && timeout > TimeSpan.Zero => timeout,
        var text => throw file.Unexpected("functionTimeout", "a time such as \"00:05:00\", or \"-1\" for none", $"\"{text}\""),
    };

    private static IEnumerable<KeyValuePair<string, string>> Levels(JsonFile section)
    {
        foreach (var (category, level) in section.Values())
        {
            yield return Names.TryValue<LogLevel>(level, out _)
                ? new(category, level)
                : throw section.Unexpected(category, Names.RuleOf(typeof(LogLevel)), $"\"{level}\"");
        }
    }
}
