namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the host takes from <c>local.settings.json</c>, or, for the demo, from its sample.</summary>
internal sealed record LocalSettings
{
    private const string FileName = "local.settings.json";
    private const string SampleName = "local.settings.sample.json";

    /// <summary>Settings by name, as an environment variable would hold them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = [];

    /// <summary>The port to listen on; null: the default.</summary>
    public int? Port { get; init; }

    /// <summary>What a person should know of where the settings came from; null: nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether there is a file of the person's own.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether these are the demo's settings.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Reads the settings in a folder; without a file, none. A file of the person's own goes before the demo's, as a whole.</summary>
    /// <exception cref="HostStartupException">The file is not what it should be, or there is no demo.</exception>
    public static LocalSettings Read(string folder, bool demo)
    {
        var sampleFile = Path.Combine(folder, SampleName);
        if (JsonFile.Read(Path.Combine(folder, FileName)) is { } own)
        {
            return From(own) with { IsOwn = true, Notice = demo ? $"{own.File} is used, not the demo's settings: --demo changes nothing beside it." : null };
        }

        if (demo)
        {
            return JsonFile.Read(sampleFile) is { } sample
                ? From(sample) with { IsDemo = true, Notice = $"Demo: the settings are those of {sampleFile}." }
                : throw new HostStartupException($"Option --demo takes its settings from {sampleFile}, and there is no such file: leave --demo out.");
        }

        return new LocalSettings
        {
            Notice = File.Exists(sampleFile)
                ? $"No {FileName}: settings come from the environment, and what is not set there has its default for production. For the demo's, start with --demo."
                : null,
        };
    }

    private static LocalSettings From(JsonFile file) => file.Flag("IsEncrypted")
        ? throw new HostStartupException($"{file.File}: IsEncrypted should be false; decrypt it with 'func settings decrypt'.")
        : new LocalSettings
        {
            Values = [.. file.Section("Values").Values()],
            Port = file.Section("Host").Number("LocalHttpPort", 0, 65535),
        };
}
