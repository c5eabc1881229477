using System.Net;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>The host's own options, as given on the command line.</summary>
internal sealed record HostArguments
{
    // Ten years: enough for any change of keys, and within what a date can hold.
    private const int MostHours = 87_600;

    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        Options of the embedded Durable Functions host:
          --port N             Listen on this port. Default: Host.LocalHttpPort of local.settings.json, else 7071.
          --address IP         Listen on this address (0.0.0.0: on all) and ask for keys. Default: loopback, without keys.
          --require-keys       Ask for keys on loopback too.
          --data FOLDER        Keep the task hub, the tables and the keys in this folder. Default: .data beside the app.
          --reset              Start with an empty task hub and empty tables; keys stay.
          --accept-mismatch    Start although hub.db and tables.db do not belong together: what one lacks is lost.
          --demo               Without a local.settings.json take the demo's settings, local.settings.sample.json.
          --engine NAME        Embedded (the default: this machine alone, over files), or AzureStorage: the Durable Task
                               Framework over the storage account of AzureWebJobsStorage, which several hosts share.
          --strict             Do not start where the app has functions that this host does not serve, or not as they are.
          --supervise          Run the host in a child process, and start it again when it is killed or crashes.
          --cache N            Keep at most N orchestrators in memory between turns; 0 replays each turn from history.
          --stats FILE         On a graceful stop, write the commits of this run as JSON.
          --help               Print this and stop.
        Keys, with the host running or not:
          --create-keys [SET]  Make a new key for each set, or for one, print them and stop. Sets: _master (opens
                               everything), _host (every function), _system (the management API), each function's name.
          --valid-for HOURS    With --create-keys: how long earlier keys of the same set stay valid. Default: 24.
          --list-keys          Print which keys there are and how long they are valid, and stop.
        Each option can be given once. Settings are read from host.json, local.settings.json and the environment
        (Section__Key). Where keys are asked for there have to be some: the host does not start without any. A platform's
        secrets can be keys, too: EmbeddedHost__Keys__SET, such as EmbeddedHost__Keys___master.
        """;

    /// <summary>The port to listen on; 0 takes a free one. Null: as configured.</summary>
    public int? Port { get; init; }

    /// <summary>The address to listen on. Null: loopback.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Whether keys are asked for on loopback too.</summary>
    public bool RequireKeys { get; init; }

    /// <summary>The data folder. Null: <c>.data</c> in the content root.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Whether to empty the task hub and the tables first.</summary>
    public bool Reset { get; init; }

    /// <summary>Whether databases that do not belong together are taken all the same.</summary>
    public bool AcceptMismatch { get; init; }

    /// <summary>Whether the sample's settings are taken where there are no others.</summary>
    public bool Demo { get; init; }

    /// <summary>The engine. Null: as configured.</summary>
    public HostEngine? Engine { get; init; }

    /// <summary>Whether functions that are not served stop the start.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether this process supervises one that is the host.</summary>
    public bool Supervise { get; init; }

    /// <summary>How many orchestrators stay in memory between turns. Null: as configured.</summary>
    public int? WarmOrchestrators { get; init; }

    /// <summary>The file that takes the run's commit counts.</summary>
    public string? StatsFile { get; init; }

    /// <summary>Whether help was asked for.</summary>
    public bool Help { get; init; }

    /// <summary>Whether to make keys instead of starting.</summary>
    public bool CreateKeys { get; init; }

    /// <summary>The one set of keys to make a key for. Null: all.</summary>
    public string? KeySet { get; init; }

    /// <summary>How long earlier keys stay valid beside new ones.</summary>
    public TimeSpan KeyOverlap { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether to list the keys instead of starting.</summary>
    public bool ListKeys { get; init; }

    /// <summary>Reads the options, as <c>--name value</c> or <c>--name=value</c>.</summary>
    /// <exception cref="HostStartupException">An option is unknown, given twice or without effect, or its value is missing or wrong.</exception>
    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new HostArguments();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (!given.Add(name))
            {
                throw new HostStartupException($"Option {name} is given twice: give it once.");
            }

            string Value() => OptionalValue() is { Length: > 0 } text ? text : throw Missing(name);
            string? OptionalValue() => value ?? (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : null);
            parsed = name switch
            {
                "--port" => parsed with { Port = Number(name, Value(), 65535) },
                "--address" => parsed with { Address = Ip(name, Value()) },
                "--require-keys" when value is null => parsed with { RequireKeys = true },
                "--data" => parsed with { DataFolder = Value() },
                "--accept-mismatch" when value is null => parsed with { AcceptMismatch = true },
                "--demo" when value is null => parsed with { Demo = true },
                "--engine" => parsed with { Engine = Engines(name, Value()) },
                "--strict" when value is null => parsed with { Strict = true },
                "--supervise" when value is null => parsed with { Supervise = true },
                "--cache" => parsed with { WarmOrchestrators = Number(name, Value(), int.MaxValue) },
                "--stats" => parsed with { StatsFile = Value() },
                "--reset" when value is null => parsed with { Reset = true },
                "--create-keys" => parsed with { CreateKeys = true, KeySet = OptionalValue() },
                "--valid-for" => parsed with { KeyOverlap = TimeSpan.FromHours(Number(name, Value(), MostHours)) },
                "--list-keys" when value is null => parsed with { ListKeys = true },
                "--help" or "-h" when value is null => parsed with { Help = true },
                _ => throw new HostStartupException($"Unknown option '{args[i]}'.{Environment.NewLine}{Usage}"),
            };
        }

        OptionRules.Check(parsed, given);
        return parsed;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static int Number(string name, string text, int max) =>
        Numbers.TryWhole(text, 0, max, out var number)
            ? (int)number
            : throw new HostStartupException($"Option {name}: expected a whole number from 0 to {max}, found '{text}'.");

    private static HostEngine Engines(string name, string text) => Names.TryValue<HostEngine>(text, out var engine)
        ? engine
        : throw new HostStartupException($"Option {name}: expected {Names.RuleOf(typeof(HostEngine))}, found '{text}'.");

    private static IPAddress Ip(string name, string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new HostStartupException($"Option {name}: expected an IP address such as 0.0.0.0, found '{text}'.");

    private static HostStartupException Missing(string name) =>
        new($"Option {name} needs a value: --help says which.");
}
