using System.Collections.Concurrent;

namespace EmbeddedHost.Storage;

/// <summary>
/// Group commit over the one writing connection of a database: work that arrives while a commit is under way
/// goes into the next one, so that a commit costs one fsync whether it carries one work or five hundred.
/// </summary>
/// <remarks>
/// There is no writer thread. Whoever submits while nobody commits becomes the leader and commits on its own
/// thread, so that a lone caller pays no thread hand-off (flat combining; Hendler et al., SPAA 2010). It leads for
/// one batch: under load its call would else not return before the load ends. Then it offers the lead, which the
/// next to submit takes, or the pool, whichever comes first.
/// </remarks>
internal sealed class GroupCommitter(SqliteSession session, Func<Exception, Exception> explain) : IThreadPoolWorkItem
{
    private const int MaxBatch = 512;

    // Whose the lead is: nobody's, and nothing waits; somebody's; anybody's, and something waits.
    private const int Free = 0;
    private const int Taken = 1;
    private const int Offered = 2;

    private readonly ConcurrentQueue<CommitWork> _queue = new();
    private readonly List<CommitWork> _batch = [];
    private int _lead = Free;
    private bool _isClosed;
    private long _commits;
    private long _works;

    /// <summary>Commits since the start; each cost one fsync of the write-ahead log.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Works committed since the start.</summary>
    public long Works => Volatile.Read(ref _works);

    /// <summary>
    /// Submits a work. True: it is done when this returns (see <see cref="CommitWork.Error"/>), and the caller
    /// goes on by itself. False: <see cref="CommitWork.Execute"/> will be called.
    /// </summary>
    public bool Submit(CommitWork work)
    {
        if (Volatile.Read(ref _isClosed))
        {
            work.Error = new ObjectDisposedException(nameof(GroupCommitter), "The database is closed: nothing is committed any more.");
            return true;
        }

        _queue.Enqueue(work);
        if (!TryTake(Free) && !TryTake(Offered))
        {
            return false;
        }

        var done = TakeBatch() && CommitAndRelease(work);
        StepDown();
        return done;
    }

    /// <summary>Waits for the commit under way, and lets no other begin: what was submitted too late stays undone.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        var wait = default(SpinWait);
        while (!TryTake(Free) && !TryTake(Offered))
        {
            wait.SpinOnce();
        }
    }

    /// <summary>Waits until nothing is queued and nobody commits.</summary>
    public async Task DrainAsync(TimeProvider clock)
    {
        while (!_queue.IsEmpty || Volatile.Read(ref _lead) != Free)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
        }
    }

    /// <summary>The pool's turn at an offer that nobody took.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (!TryTake(Offered))
        {
            return;
        }

        while (TakeBatch())
        {
            _ = CommitAndRelease(own: null);
        }

        StepDown();
    }

    private bool TryTake(int lead) => Interlocked.CompareExchange(ref _lead, Taken, lead) == lead;

    private void StepDown()
    {
        if (_queue.IsEmpty)
        {
            // A full fence: were the second look at the queue to overtake the release, a work that comes meanwhile
            // could find a leader while the leader finds no work.
            _ = Interlocked.Exchange(ref _lead, Free);
            if (_queue.IsEmpty || !TryTake(Free))
            {
                return;
            }
        }

        _ = Interlocked.Exchange(ref _lead, Offered);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Commits the batch and lets its works go on; true where the caller's own is among them, and left to it.</summary>
    private bool CommitAndRelease(CommitWork? own)
    {
        CommitBatch();
        var done = false;
        foreach (var work in _batch)
        {
            if (ReferenceEquals(work, own))
            {
                done = true;
            }
            else if (work.ContinuesInline)
            {
                work.Execute();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            }
        }

        return done;
    }

    private bool TakeBatch()
    {
        _batch.Clear();
        while (_batch.Count < MaxBatch && _queue.TryDequeue(out var work))
        {
            _batch.Add(work);
        }

        return _batch.Count > 0;
    }

    private void CommitBatch()
    {
        if (!TryCommit(_batch, 0, _batch.Count, out var error) && _batch.Count == 1)
        {
            _batch[0].Error = error;
        }
        else if (error is not null)
        {
            // One bad work must not fail the others: each again, alone.
            for (var i = 0; i < _batch.Count; i++)
            {
                _ = TryCommit(_batch, i, 1, out var own);
                _batch[i].Error = own;
            }
        }
    }

    private bool TryCommit(List<CommitWork> batch, int start, int count, out Exception? error)
    {
        try
        {
            session.Begin();
            for (var i = start; i < start + count; i++)
            {
                batch[i].Write(session);
            }

            session.Commit();
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _works, count);
        }
        catch (Exception e)
        {
            session.RollbackIfOpen();
            error = explain(e);
            return false;
        }

        for (var i = start; i < start + count; i++)
        {
            batch[i].OnCommitted();
        }

        error = null;
        return true;
    }
}
