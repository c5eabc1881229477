using System.Collections.Concurrent;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>The activities under way in this process, at most <paramref name="limit"/> at a time.</summary>
internal sealed class ActivityDispatcher(int limit) : IDisposable
{
    private readonly ConcurrentDictionary<(long Key, int TaskId), bool> _underWay = new();
    private readonly ConcurrentQueue<ActivityRun> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _running;

    /// <summary>Cancelled when the host gives up waiting for activities.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Activities that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Notes that a run is asked for; it is under way until its instance took the result.</summary>
    public void Note(ActivityRun run) => _underWay[run.Identity] = true;

    /// <summary>The instance took the result, or nobody will.</summary>
    public void Done(long key, int taskId) => _underWay.TryRemove((key, taskId), out _);

    /// <summary>True from <see cref="Note"/> until <see cref="Done"/>.</summary>
    public bool IsUnderWay(long key, int taskId) => _underWay.ContainsKey((key, taskId));

    /// <summary>Takes a place. False: all are taken; the run is started when one is free.</summary>
    public bool TryEnter(ActivityRun run)
    {
        if (Interlocked.Increment(ref _running) <= limit)
        {
            return true;
        }

        _waiting.Enqueue(run);
        Leave();
        return false;
    }

    /// <summary>Gives the place back to whoever waits.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _running) < limit && _waiting.TryDequeue(out var next))
        {
            next.Queue();
        }
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();
}
