namespace EmbeddedHost.Storage;

/// <content>The end: what is not committed by then is refused, and whoever waits for it is told so.</content>
internal sealed partial class GroupCommitter
{
    private bool _isClosed;

    /// <summary>Waits for the commit under way, and lets no other begin: what is queued is refused, and what comes later.</summary>
    public void Close()
    {
        _ = Interlocked.Exchange(ref _isClosed, true);
        var wait = default(SpinWait);
        while (!TryTake(Free) && !TryTake(Offered))
        {
            wait.SpinOnce();
        }

        RefuseQueued();
    }

    private bool RefusesNow(CommitWork work)
    {
        if (!Volatile.Read(ref _isClosed))
        {
            return false;
        }

        work.Error = new ObjectDisposedException(_name, $"The database '{_name}' is closed: nothing is committed any more.");
        return true;
    }

    private void Enqueue(CommitWork work)
    {
        _queue.Enqueue(work);
        // The close may have come since the work was let through, and have looked at the queue before.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isClosed))
        {
            RefuseQueued();
        }
    }

    private void RefuseQueued()
    {
        while (_queue.TryDequeue(out var work))
        {
            _ = RefusesNow(work);
            // A process that has crashed tells nobody; only who blocks is let go.
            if (work.ContinuesInline || _environment.Gate is not { IsShut: true })
            {
                Release(work);
            }
        }
    }
}
