namespace EmbeddedHost.Storage;

/// <content>Works that wait for a gatherer to lead, and the watch over those whose gatherer blocks.</content>
internal sealed partial class GroupCommitter
{
    /// <summary>
    /// Queues a work, and leaves the lead to whoever comes for it: the caller, in <see cref="Lead"/>, once it has
    /// gathered more. True: it was refused, and is done.
    /// </summary>
    public bool Gather(CommitWork work)
    {
        if (RefusesNow(work))
        {
            return true;
        }

        Enqueue(work);
        _ = Interlocked.CompareExchange(ref _lead, Offered, Free);
        Watch();
        return false;
    }

    /// <summary>Has looked after, once, whether somebody came to lead for what waits.</summary>
    private void Watch()
    {
        if (!Interlocked.Exchange(ref _isWatched, true))
        {
            Volatile.Write(ref _watchedLead, Volatile.Read(ref _leads));
            _watch.Change(_environment.GatherPatience, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnWatch()
    {
        // Before the look at the lead: who gathers from now on sees that nobody watches, and sets the watch again.
        _ = Interlocked.Exchange(ref _isWatched, false);
        if (Volatile.Read(ref _lead) != Offered)
        {
            return;
        }

        if (Volatile.Read(ref _leads) == Volatile.Read(ref _watchedLead))
        {
            ((IThreadPoolWorkItem)this).Execute();
        }
        else
        {
            // Somebody has led since: what waits now was gathered later, and has its own time.
            Watch();
        }
    }
}
