using System.Collections.Concurrent;
using System.Globalization;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Timers;

/// <summary>What timer functions note of their runs; it outlives the host's crashes.</summary>
public sealed class Ticks
{
    private readonly ConcurrentQueue<string> _runs = new();

    /// <summary>What each run has noted, in order.</summary>
    public IReadOnlyList<string> Runs => [.. _runs];

    public void Add(string run) => _runs.Enqueue(run);

    /// <summary>Notes a time of the day, and something beside it.</summary>
    public void Add(TimeProvider clock, string? what = null) =>
        Add(clock.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture) + (what is null ? "" : $" {what}"));

    /// <summary>Starts an app of these functions.</summary>
    public Task<DurableTestHost> OpenAsync(params Type[] functions) => DurableTestHost.StartAsync(Options(functions));

    /// <summary>An app of these functions.</summary>
    public DurableTestHostOptions Options(params Type[] functions) => new()
    {
        FunctionTypes = functions,
        ConfigureServices = services => services.AddSingleton(this),
    };
}
