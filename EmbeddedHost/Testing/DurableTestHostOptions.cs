using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Testing;

/// <summary>What a test host runs, and how.</summary>
public sealed record DurableTestHostOptions
{
    /// <summary>
    /// The assembly of an app with a <c>Program</c>, which is run as it is up to the point where it starts its host.
    /// Give this or <see cref="FunctionTypes"/>, or both.
    /// </summary>
    public Assembly? App { get; init; }

    /// <summary>
    /// The types whose functions are run, where there is no program; else those that are added to the app's, or stand for
    /// those of the same names, such as an orchestrator of its next version.
    /// </summary>
    public IReadOnlyList<Type> FunctionTypes { get; init; } = [];

    /// <summary>Called after the app has registered its services: what is added here goes before them.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>Settings as in the environment (<c>Section__Key</c>); they go before all others.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder that holds <c>host.json</c> and <c>local.settings.json</c>: by default, where the test's assembly is.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>The data folder. Null: a temporary one, removed when the host is disposed of.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Decides the order in which things run that could run at the same time, and the faults that are left to chance. The
    /// same seed gives the same run.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>What the clock shows first, in UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock may move by itself in one wait: a wait that needs more fails.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>
    /// How long, in real time, the clock stands still for an activity, a request or code of the test that may wait for
    /// something outside of the host, such as a real request.
    /// </summary>
    public TimeSpan OutsideTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many orchestrators stay in memory between turns; 0 replays each turn from history.</summary>
    public int? WarmOrchestrators { get; init; }

    /// <summary>What is to go wrong in activities.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Called with each line that the app and the host log.</summary>
    public Action<string>? Log { get; init; }
}
