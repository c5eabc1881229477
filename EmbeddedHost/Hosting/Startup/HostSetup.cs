using System.Reflection;
using EmbeddedHost.Hosting.Printing;
using EmbeddedHost.Hosting.Supervision;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Pairing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>What a host is built from.</summary>
internal sealed record HostSetup
{
    /// <summary>The host's options, as on the command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The app's program; null where there is none, only functions.</summary>
    public Assembly? App { get; init; }

    /// <summary>The types whose functions are hosted.</summary>
    public IReadOnlyList<Type> FunctionTypes { get; init; } = [];

    /// <summary>Types whose functions stand for those of the same names, or come beside them.</summary>
    public IReadOnlyList<Type> Replacements { get; init; } = [];

    /// <summary>The formats of its data that the app reads; data of another one is not opened.</summary>
    public DataFormats DataFormats { get; init; } = new(0, 0);

    /// <summary>The route of the page that a person opens first; null where the app has none.</summary>
    public string? HomePage { get; init; }

    /// <summary>The process above this one that starts it again when it crashes; null where there is none.</summary>
    public SupervisorLink? Supervisor { get; init; }

    /// <summary>The folder that holds <c>host.json</c> and the local settings.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>The clock of timers, time-outs and timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the host's databases have around them.</summary>
    public DatabaseEnvironment Databases { get; init; } = DatabaseEnvironment.Default;

    /// <summary>Whether functions may be bound to storage accounts: a simulated host has nothing outside.</summary>
    public bool ServesAccounts { get; init; } = true;

    /// <summary>Settings that go before files and environment, named as there (<c>Section__Key</c>).</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Called when the app has registered its services: what is added now goes before them.</summary>
    public Action<IServiceCollection>? ReplaceServices { get; init; }

    /// <summary>Takes the host that was built, and returns what the app's program gets in its place; null: the program keeps it.</summary>
    public Func<IHost, IHost>? TakeOver { get; init; }

    /// <summary>Takes what the host says at start.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Colours what the host says, where it says it on a terminal.</summary>
    public Ink Ink { get; init; } = Ink.None;

    /// <summary>
    /// Whether the process is there for this host: then a failed start is told on standard error and ends it with
    /// code 1, and local settings become environment variables. Otherwise failures are thrown.
    /// </summary>
    public bool OwnsProcess { get; init; }
}
