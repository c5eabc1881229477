using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Lays the settings files under the environment in the app's configuration.</summary>
internal static class HostConfiguration
{
    /// <summary>The setting by which an app finds its storage.</summary>
    public const string StorageKey = "AzureWebJobsStorage";

    // By these an app says whether what it does is a demonstration, and whether it is started again after a crash. Not in the
    // section of the settings, which a person may set.
    private const string DemoKey = "EmbeddedHost.Demo";
    private const string SupervisedKey = "EmbeddedHost.Supervised";

    /// <summary>Adds all that an app of this host is configured by, each source behind those that go before it.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="settings">What options and files say.</param>
    /// <param name="setup">Settings of the host's own setup, which go before everything else.</param>
    /// <param name="isSupervised">Whether the host is started again after a crash.</param>
    /// <exception cref="HostStartupException">A file is not JSON.</exception>
    public static void AddAllSettings(
        this IConfigurationBuilder configuration, HostSettings settings, IEnumerable<KeyValuePair<string, string>> setup, bool isSupervised = false)
    {
        configuration.PollFiles();
        configuration.AddAppSettings(settings.ContentRoot);
        configuration.AddHostSettings(settings, isSupervised);
        configuration.AddSettings(setup);
    }

    /// <summary>
    /// Lets files that the app's builder watches be looked at every few seconds. A watch would be of every folder below theirs, where
    /// the data may be: it is told of each write.
    /// </summary>
    public static void PollFiles(this IConfigurationBuilder configuration)
    {
        var files = configuration.Sources.OfType<FileConfigurationSource>().Where(static file => file.ReloadOnChange).ToList();
        files.ForEach(file => file.EnsureDefaults(configuration));
        var all = files.Select(static file => file.FileProvider).OfType<PhysicalFileProvider>().Where(static provider => !provider.UseActivePolling);
        foreach (var watched in all.Distinct().ToList())
        {
            var polled = new PhysicalFileProvider(watched.Root) { UsePollingFileWatcher = true, UseActivePolling = true };
            foreach (var file in files.Where(file => file.FileProvider == watched))
            {
                file.FileProvider = polled;
            }

            // A configuration that loads as it is built loads its sources anew, and looks at no file any more as it did.
            configuration.Sources[^1] = configuration.Sources[^1];
            watched.Dispose();
        }
    }

    /// <summary>Adds log levels, then local settings, then the environment, which goes before both.</summary>
    public static void AddHostSettings(this IConfigurationBuilder configuration, HostSettings settings, bool isSupervised = false)
    {
        // Below everything else: the host has its storage with it.
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new(StorageKey, "UseDevelopmentStorage=true")] });
        _ = configuration.AddInMemoryCollection(LastWins(LogLevels(settings.Host)));
        configuration.AddSettings(settings.Local.Values);
        _ = configuration.AddEnvironmentVariables();
        _ = configuration.AddInMemoryCollection([new(DemoKey, Flag(settings.Local.IsDemo)), new(SupervisedKey, Flag(isSupervised))]);
    }

    /// <summary>Adds settings that are named as in the environment.</summary>
    public static void AddSettings(this IConfigurationBuilder configuration, IEnumerable<KeyValuePair<string, string>> settings) =>
        configuration.AddInMemoryCollection(LastWins(settings.Select(setting =>
            new KeyValuePair<string, string>(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value))));

    /// <summary>Adds <c>appsettings.json</c> and the environment's own, where there are such files; everything else goes before them.</summary>
    /// <exception cref="HostStartupException">A file is not JSON.</exception>
    public static void AddAppSettings(this IConfigurationBuilder configuration, string contentRoot)
    {
        try
        {
            _ = configuration
                .AddJsonFile(Path.Combine(contentRoot, "appsettings.json"), optional: true)
                .AddJsonFile(Path.Combine(contentRoot, $"appsettings.{EnvironmentName()}.json"), optional: true);
        }
        catch (InvalidDataException e)
        {
            throw new HostStartupException($"{e.Message} {e.InnerException?.Message}", e);
        }
    }

    /// <summary>
    /// Makes the local settings environment variables, for libraries that look there; what is set stays as it is.
    /// </summary>
    public static void PublishToEnvironment(LocalSettings settings)
    {
        foreach (var (name, value) in settings.Values)
        {
            if (Environment.GetEnvironmentVariable(name) is null)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    /// <summary>Holds every log level of a configuration against the names that there are.</summary>
    /// <exception cref="HostStartupException">A level is no name of one.</exception>
    public static void CheckLogLevels(IConfigurationSection logging)
    {
        var levels = logging.GetChildren().Select(static provider => provider.GetSection("LogLevel")).Append(logging.GetSection("LogLevel"));
        foreach (var level in levels.SelectMany(static section => section.GetChildren()).Where(static level => level.Value is not null))
        {
            if (!Names.TryValue<LogLevel>(level.Value!, out _))
            {
                throw new HostStartupException(
                    $"{level.Path.Replace(":", "__", StringComparison.Ordinal)} is '{level.Value}', expected {Names.RuleOf(typeof(LogLevel))}.");
            }
        }
    }

    /// <summary>The environment's name, as the Functions host finds it.</summary>
    private static string EnvironmentName() => Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environments.Production;

    private static string Flag(bool isSet) => isSet ? "true" : "false";

    private static IEnumerable<KeyValuePair<string, string>> LogLevels(HostJson host)
    {
        // The host prints its own addresses; the framework's lines about requests and lifetime would only repeat them.
        yield return new("Logging:LogLevel:Microsoft.AspNetCore", "Warning");
        yield return new("Logging:LogLevel:Microsoft.Hosting", "Warning");
        foreach (var (category, level) in host.LogLevels)
        {
            yield return new($"Logging:LogLevel:{category}", level);
        }
    }

    // Keys of a configuration differ by more than case; those of a file need not.
    private static Dictionary<string, string?> LastWins(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        return values;
    }
}
