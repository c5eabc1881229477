using System.Collections.Concurrent;
using EmbeddedHost.Storage;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>The activities under way in this process, so many at a time.</summary>
internal sealed class ActivityDispatcher : IDisposable
{
    private readonly ConcurrentDictionary<(long Key, int TaskId), bool> _underWay = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrencyLimit _places;

    /// <param name="limit">How many run at the same time.</param>
    /// <param name="scheduler">Runs those that had to wait.</param>
    public ActivityDispatcher(int limit, IWorkScheduler scheduler)
    {
        _places = new ConcurrencyLimit(limit, scheduler);
        Stopping = _stopping.Token;
    }

    /// <summary>Cancelled when the host gives up waiting for activities. Good after <see cref="Dispose"/>, which its source is not.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Activities that run now.</summary>
    public int Running => _places.Running;

    /// <summary>Notes that a run is asked for; it is under way until its instance took the result.</summary>
    public void Note(ActivityRun run) => _underWay[run.Identity] = true;

    /// <summary>The instance took the result, or nobody will.</summary>
    public void Done(long key, int taskId) => _underWay.TryRemove((key, taskId), out _);

    /// <summary>True from <see cref="Note"/> until <see cref="Done"/>.</summary>
    public bool IsUnderWay(long key, int taskId) => _underWay.ContainsKey((key, taskId));

    /// <inheritdoc cref="ConcurrencyLimit.TryEnter" />
    public bool TryEnter(ActivityRun run) => _places.TryEnter(run);

    /// <inheritdoc cref="ConcurrencyLimit.Leave" />
    public void Leave() => _places.Leave();

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();
}
