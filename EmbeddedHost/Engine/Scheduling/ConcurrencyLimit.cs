using System.Collections.Concurrent;
using EmbeddedHost.Storage;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>Lets so many works run at the same time. The others wait for a place without holding a thread.</summary>
internal sealed class ConcurrencyLimit(int limit, IWorkScheduler scheduler)
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _waiting = new();
    private int _running;

    /// <summary>Works that run now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Works that wait for a place.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Takes a place. False: all are taken; the work is queued to the pool when one is free, to try again.</summary>
    public bool TryEnter(IThreadPoolWorkItem work)
    {
        if (Interlocked.Increment(ref _running) <= limit)
        {
            return true;
        }

        _waiting.Enqueue(work);
        Leave();
        return false;
    }

    /// <summary>Gives the place back to whoever waits.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _running) < limit && _waiting.TryDequeue(out var next))
        {
            scheduler.Queue(next);
        }
    }
}
