using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// One instance in memory: a mailbox, and at most one driver at a time. A driver takes what the mailbox holds, runs a
/// turn, commits it, and only then lets its actions out.
/// </summary>
/// <remarks>
/// The instance is itself the work that the committer writes: it has one turn at a time, so nothing is allocated for it.
/// </remarks>
internal sealed class OrchestrationInstance(TaskHub hub, InstanceRow row, bool isNew) : CommitWork
{
    private readonly Lock _gate = new();
    private readonly TurnRunner _turns = new(hub, row, isNew);
    private List<Message> _mailbox = [];
    private List<Message> _taken = [];
    private List<(long Key, Message Message)>? _held;
    private bool _driven;
    private bool _gone;
    private bool _isOnDisk = !isNew;

    /// <summary>The instance's id.</summary>
    public string Id => row.Id;

    /// <summary>The instance's key in the task hub: another run of the same id has another.</summary>
    public long Key => row.Key;

    /// <summary>The instance as it is on disk, payloads and all; null while that is not known here.</summary>
    public InstanceRow? Committed => _turns.Committed;

    /// <summary>True while turns without decisions wait for the next commit.</summary>
    public bool HasUncommitted => _turns.HasUncommitted;

    /// <summary>False until the start is committed: till then it may still be refused.</summary>
    public bool IsOnDisk => Volatile.Read(ref _isOnDisk);

    /// <summary>Set by each turn, cleared by the cache's clock hand: what was not used in between may be evicted.</summary>
    public bool WasUsed { get; set; }

    /// <summary>
    /// Puts a message into the mailbox. <paramref name="drive"/>: the caller has become the driver and must call
    /// <see cref="Drive"/>. False: the instance has left memory; look it up again.
    /// </summary>
    public bool TryPost(Message message, out bool drive)
    {
        lock (_gate)
        {
            if (_gone)
            {
                drive = false;
                return false;
            }

            _mailbox.Add(message);
            drive = !_driven;
            _driven = true;
            return true;
        }
    }

    /// <summary>
    /// Keeps a message to another run of the same id until it is known which run goes on: this one's start may be
    /// refused, or its end may just have made way for the other. What is for a run before this one is dropped.
    /// False: the instance has left memory; look it up again.
    /// </summary>
    public bool TryHold(long key, Message message)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            if (key > Key || !_isOnDisk)
            {
                (_held ??= []).Add((key, message));
                return true;
            }
        }

        hub.Drop(key, message);
        return true;
    }

    /// <summary>The start is on disk. Returns the messages to other runs that waited for that.</summary>
    public IReadOnlyList<(long Key, Message Message)> Settle()
    {
        lock (_gate)
        {
            _isOnDisk = true;
            return TakeHeld();
        }
    }

    /// <summary>Takes an idle instance out of memory; false where it is busy or holds what is not yet on disk.</summary>
    public bool TryEvict()
    {
        lock (_gate)
        {
            if (_gone || _driven || _turns.HasUncommitted || _held is not null)
            {
                return false;
            }

            return _gone = true;
        }
    }

    /// <summary>Marks the instance as gone and returns the messages that it will not take any more, and those to other runs.</summary>
    public (IReadOnlyList<Message> Orphans, IReadOnlyList<(long Key, Message Message)> Held) Abandon()
    {
        lock (_gate)
        {
            _gone = true;
            var orphans = _mailbox;
            _mailbox = [];
            return (orphans, TakeHeld());
        }
    }

    /// <summary>
    /// Runs turns until the mailbox is empty, or until a commit is left to another thread, which then goes on in
    /// <see cref="Execute"/>. <paramref name="leaveAfterCommit"/>: the caller has somebody to answer, so what follows
    /// the first commit goes to the pool.
    /// </summary>
    public void Drive(bool leaveAfterCommit = false)
    {
        if (TaskScheduler.Current == TaskScheduler.Default)
        {
            Guard(afterCommit: false, leaveAfterCommit);
        }
        else
        {
            // Code that awaits here would go on over the caller's scheduler, outside of its turn.
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Drive(), this, preferLocal: false);
        }
    }

    /// <summary>Goes on after a commit, on a pool thread.</summary>
    public override void Execute() => Guard(afterCommit: true, leaveAfterCommit: false);

    /// <inheritdoc />
    public override void Write(SqliteSession session) => _turns.Write(session);

    /// <inheritdoc />
    public override void OnCommitted() => _turns.OnCommitted();

    private (long Key, Message Message)[] TakeHeld()
    {
        var held = _held;
        _held = null;
        return held?.ToArray() ?? [];
    }

    private void DriveOn(ActivityRun? next, bool leaveAfterCommit)
    {
        while (true)
        {
            if (TakeMessages())
            {
                // The instance has something to do: its last activity need not wait for that.
                next?.Queue();
                next = null;
                if (!_turns.Run(this, _taken))
                {
                    next = _turns.StartActivities();
                    continue;
                }

                Error = null;
                WasUsed = true;
                if (!hub.Commit(this))
                {
                    return;
                }

                if (leaveAfterCommit)
                {
                    _turns.AnswerCallers(Error);
                    hub.Scheduler.Queue(this);
                    return;
                }

                if (!AfterCommit(out next))
                {
                    return;
                }
            }
            else
            {
                hub.OnIdle(this);

                // Nobody drives the instance now. Its last activity runs here: a lone saga changes no thread.
                if (next?.Run() is not { } result || !BecomeDriver(result))
                {
                    return;
                }

                next = null;
            }
        }
    }

    private bool BecomeDriver(HistoryEvent result)
    {
        if (TryPost(new Message(result), out var drive))
        {
            return drive;
        }

        hub.Deliver(Id, Key, new Message(result));
        return false;
    }

    /// <summary>Lets the committed turn's actions out. False: the instance has ended, or could not be committed.</summary>
    private bool AfterCommit(out ActivityRun? next)
    {
        next = null;
        _turns.AnswerCallers(Error);
        if (Error is not null)
        {
            Fail(Error);
            return false;
        }

        if (!_turns.Publish(this))
        {
            return false;
        }

        next = _turns.StartActivities();
        return true;
    }

    /// <summary>Takes what the mailbox holds. False: it is empty, and the caller is no longer the driver.</summary>
    private bool TakeMessages()
    {
        lock (_gate)
        {
            if (_mailbox.Count == 0)
            {
                return _driven = false;
            }

            (_mailbox, _taken) = (_taken, _mailbox);
            _mailbox.Clear();
            return true;
        }
    }

    private void Guard(bool afterCommit, bool leaveAfterCommit)
    {
        try
        {
            ActivityRun? next = null;
            if (!afterCommit || AfterCommit(out next))
            {
                DriveOn(next, leaveAfterCommit);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Stops the hub and tells those who wait. The instance keeps its driver, so that nothing runs it again.</summary>
    private void Fail(Exception e)
    {
        hub.Fault(e, $"the instance '{Id}'");
        _turns.AnswerCallers(e);
        lock (_gate)
        {
            foreach (var message in _mailbox)
            {
                _ = message.Committed?.TrySetException(e);
            }
        }
    }
}
