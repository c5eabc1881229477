namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the host takes from <c>local.settings.json</c>, or from its sample where that is missing.</summary>
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

    /// <summary>Reads the settings in a folder; without a file, none.</summary>
    /// <exception cref="HostStartupException">The file is not what it should be.</exception>
    public static LocalSettings Read(string folder)
    {
        if (JsonFile.Read(Path.Combine(folder, FileName)) is { } own)
        {
            return From(own);
        }

        return JsonFile.Read(Path.Combine(folder, SampleName)) is { } sample
            ? From(sample) with { Notice = $"No {FileName}: using {SampleName} (demo settings). Copy it to {FileName} to make it yours." }
            : new LocalSettings();
    }

    private static LocalSettings From(JsonFile file) => file.Flag("IsEncrypted")
        ? throw new HostStartupException($"{file.File}: IsEncrypted should be false; decrypt it with 'func settings decrypt'.")
        : new LocalSettings
        {
            Values = [.. file.Section("Values").Values()],
            Port = file.Section("Host").Number("LocalHttpPort", 0, 65535),
        };
}
