using System.Globalization;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>The host's own options, as given on the command line.</summary>
internal sealed record HostArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        Options of the embedded Durable Functions host:
          --port N        Listen on this loopback port. Default: Host.LocalHttpPort of local.settings.json, else 7071.
          --data FOLDER   Keep the task hub and the tables in this folder. Default: .data beside the app.
          --reset         Start with an empty data folder.
          --cache N       Keep at most N orchestrators in memory between turns; 0 replays each turn from history.
          --stats FILE    On a graceful stop, write the commits of this run as JSON.
          --help          Print this and stop.
        Settings are read from host.json, local.settings.json and the environment (Section__Key).
        """;

    /// <summary>The port to listen on; 0 takes a free one. Null: as configured.</summary>
    public int? Port { get; init; }

    /// <summary>The data folder. Null: <c>.data</c> in the content root.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Whether to empty the data folder first.</summary>
    public bool Reset { get; init; }

    /// <summary>How many orchestrators stay in memory between turns. Null: as configured.</summary>
    public int? WarmOrchestrators { get; init; }

    /// <summary>The file that takes the run's commit counts.</summary>
    public string? StatsFile { get; init; }

    /// <summary>Whether help was asked for.</summary>
    public bool Help { get; init; }

    /// <summary>Reads the options, as <c>--name value</c> or <c>--name=value</c>.</summary>
    /// <exception cref="HostStartupException">An option is unknown, or its value is missing or wrong.</exception>
    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new HostArguments();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            string Value() => value ?? (++i < args.Count ? args[i] : throw Missing(name));
            parsed = name switch
            {
                "--port" => parsed with { Port = Number(name, Value(), 65535) },
                "--data" => parsed with { DataFolder = Value() },
                "--cache" => parsed with { WarmOrchestrators = Number(name, Value(), int.MaxValue) },
                "--stats" => parsed with { StatsFile = Value() },
                "--reset" when value is null => parsed with { Reset = true },
                "--help" or "-h" when value is null => parsed with { Help = true },
                _ => throw new HostStartupException($"Unknown option '{args[i]}'.{Environment.NewLine}{Usage}"),
            };
        }

        return parsed;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static int Number(string name, string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw new HostStartupException($"Option {name}: expected a whole number from 0 to {max}, found '{text}'.");

    private static HostStartupException Missing(string name) =>
        new($"Option {name} needs a value.{Environment.NewLine}{Usage}");
}
