using System.Collections.Concurrent;

namespace EmbeddedHost.Storage;

/// <summary>
/// Group commit over the one writing connection of a database: work that arrives while a commit is under way
/// goes into the next one, so that a commit costs one fsync whether it carries one work or five hundred.
/// </summary>
/// <remarks>
/// There is no writer thread. Whoever submits while nobody commits becomes the leader and commits on its own
/// thread, so that a lone caller pays no thread hand-off; under load the leader goes on as the writer for the
/// others (flat combining; Hendler et al., SPAA 2010).
/// </remarks>
internal sealed class GroupCommitter(SqliteSession session)
{
    private const int MaxBatch = 512;

    private readonly ConcurrentQueue<CommitWork> _queue = new();
    private readonly List<CommitWork> _batch = [];
    private int _leading;
    private bool _isClosed;
    private long _commits;
    private long _works;

    /// <summary>Commits since the start; each cost one fsync of the write-ahead log.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Works committed since the start.</summary>
    public long Works => Volatile.Read(ref _works);

    /// <summary>
    /// Submits a work. True: it is done when this returns (see <see cref="CommitWork.Error"/>), and the caller
    /// goes on by itself. False: <see cref="CommitWork.Execute"/> will be called on a pool thread.
    /// </summary>
    public bool Submit(CommitWork work)
    {
        if (Volatile.Read(ref _isClosed))
        {
            work.Error = new ObjectDisposedException(nameof(GroupCommitter), "The database is closed: nothing is committed any more.");
            return true;
        }

        _queue.Enqueue(work);
        return TryLead() && Lead(work);
    }

    /// <summary>Waits for the commit under way, and lets no other begin: what was submitted too late stays undone.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        var wait = default(SpinWait);
        while (!TryLead())
        {
            wait.SpinOnce();
        }
    }

    /// <summary>Waits until nothing is queued and nobody commits.</summary>
    public async Task DrainAsync(TimeProvider clock)
    {
        while (!_queue.IsEmpty || Volatile.Read(ref _leading) != 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
        }
    }

    private bool TryLead() => Interlocked.CompareExchange(ref _leading, 1, 0) == 0;

    private bool Lead(CommitWork own)
    {
        do
        {
            while (TakeBatch())
            {
                CommitBatch();
                if (_batch.Count == 1 && ReferenceEquals(_batch[0], own) && _queue.IsEmpty)
                {
                    Volatile.Write(ref _leading, 0);
                    // A work that came between the look and the release found a leader: lead for it elsewhere.
                    if (!_queue.IsEmpty && TryLead())
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Lead(own: null!), this, preferLocal: false);
                    }

                    return true;
                }

                foreach (var work in _batch)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
                }
            }

            Volatile.Write(ref _leading, 0);
        }
        while (!_queue.IsEmpty && TryLead());

        return false;
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
            error = null;
            return true;
        }
        catch (Exception e)
        {
            session.RollbackIfOpen();
            error = e;
            return false;
        }
    }
}
