using System.Collections.Concurrent;
using EmbeddedHost.Storage.Pairing;

namespace EmbeddedHost.Storage;

/// <summary>
/// Group commit over the one writing connection of a database: work that arrives while a commit is under way
/// goes into the next one, so that a commit costs one fsync whether it carries one work or five hundred.
/// </summary>
/// <remarks>
/// There is no writer thread. Whoever submits while nobody commits becomes the leader and commits on its own
/// thread, so that a lone caller pays no thread hand-off (flat combining; Hendler et al., SPAA 2010). It leads for
/// one batch: under load its call would else not return before the load ends. Then it offers the lead, which the
/// next to submit takes, or the pool, whichever comes first. Who has several works to submit may gather them and lead
/// then (<see cref="GatheredWorks"/>).
/// </remarks>
internal sealed partial class GroupCommitter : IThreadPoolWorkItem, IDisposable
{
    private const int MaxBatch = 512;

    // Whose the lead is: nobody's, and nothing waits; somebody's; anybody's, and something waits.
    private const int Free = 0;
    private const int Taken = 1;
    private const int Offered = 2;

    private readonly SqliteSession _session;
    private readonly string _name;
    private readonly string _path;
    private readonly DatabaseEnvironment _environment;
    private readonly Func<Exception, Exception> _explain;
    private readonly CommitLedger? _ledger;
    private readonly Timer _watch;
    private readonly ConcurrentQueue<CommitWork> _queue = new();
    private readonly List<CommitWork> _batch = [];
    private int _lead = Free;
    private bool _isWatched;
    private int _leads;
    private int _watchedLead;
    private long _commits;
    private long _works;

    /// <param name="session">The writing connection.</param>
    /// <param name="path">The database's file.</param>
    /// <param name="environment">What is around it.</param>
    /// <param name="explain">Says what the failure of a commit means.</param>
    /// <param name="ledger">Keeps what the file says of its partner; null: it has none.</param>
    public GroupCommitter(
        SqliteSession session, string path, DatabaseEnvironment environment, Func<Exception, Exception> explain, CommitLedger? ledger = null)
    {
        _session = session;
        _path = path;
        _name = System.IO.Path.GetFileNameWithoutExtension(path);
        _environment = environment;
        _explain = explain;
        _ledger = ledger;
        _watch = new Timer(static self => ((GroupCommitter)self!).OnWatch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

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
        if (RefusesNow(work))
        {
            return true;
        }

        Enqueue(work);
        return Lead([work]) == 1;
    }

    /// <summary>Commits what is queued, unless somebody does already.</summary>
    /// <param name="own">The caller's works, in the order of their queueing.</param>
    /// <returns>How many of them, from the first, are done and left to the caller; the others' <see cref="CommitWork.Execute"/> will be called.</returns>
    public int Lead(ReadOnlySpan<CommitWork> own)
    {
        if (!TryTake(Free) && !TryTake(Offered))
        {
            return 0;
        }

        Volatile.Write(ref _leads, _leads + 1);
        var done = TakeBatch() ? CommitAndRelease(own) : 0;
        StepDown();
        return done;
    }

    /// <inheritdoc />
    public void Dispose() => _watch.Dispose();

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
            _ = CommitAndRelease([]);
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
        _environment.Scheduler.Queue(this);
    }

    /// <summary>Commits the batch and lets its works go on; returns how many of the caller's own are left to it.</summary>
    private int CommitAndRelease(ReadOnlySpan<CommitWork> own)
    {
        CommitBatch();
        if (_environment.Gate is { IsShut: true })
        {
            return Lose(own);
        }

        var done = 0;
        foreach (var work in _batch)
        {
            if (done < own.Length && ReferenceEquals(work, own[done]))
            {
                done++;
            }
            else
            {
                Release(work);
            }
        }

        return done;
    }

    private void Release(CommitWork work)
    {
        if (work.ContinuesInline)
        {
            work.Execute();
        }
        else
        {
            _environment.Scheduler.Queue(work);
        }
    }

    /// <summary>Tells nobody what became of the batch; only who blocks is let go, with an error.</summary>
    private int Lose(ReadOnlySpan<CommitWork> own)
    {
        foreach (var work in _batch.Where(static work => work.ContinuesInline))
        {
            work.Error = new OperationCanceledException("The process has crashed.");
            work.Execute();
        }

        return own is [{ ContinuesInline: true }] ? 1 : 0;
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
            _session.Begin();
            for (var i = start; i < start + count; i++)
            {
                batch[i].Write(_session);
            }

            _ledger?.Write(_session);
            for (var i = start; i < start + count; i++)
            {
                batch[i].OnCommitting();
            }

            _environment.Gate?.Enter(_path, count);
            _session.Commit();
            _ledger?.Committed();
            _environment.Gate?.Leave(_path, count);
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _works, count);
            CommitMetrics.Record(_name, count);
        }
        catch (Exception e)
        {
            _session.RollbackIfOpen();
            error = _explain(e);
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
