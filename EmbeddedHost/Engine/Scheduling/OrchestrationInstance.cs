using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// One instance in memory: a mailbox, and at most one driver at a time. A driver takes what the mailbox holds, runs a
/// turn, commits it, and only then lets its actions out. The first commit of a new instance is its start alone.
/// </summary>
/// <remarks>
/// The instance is itself the work that the committer writes: it has one turn at a time, so nothing is allocated for it.
/// </remarks>
internal sealed partial class OrchestrationInstance(
    TaskHub hub, InstanceRow row, bool isNew, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe = null) : CommitWork
{
    private readonly Lock _gate = new();
    private readonly TurnRunner _turns = new(hub, row, isNew, dedupe);
    private List<Message> _mailbox = [];
    private List<Message> _taken = [];
    // Whoever makes a new instance drives it.
    private bool _driven = isNew;
    private bool _isParked;
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

    /// <summary>Completes once the start of a new instance is on disk, or fails because the start was refused.</summary>
    public Task? Start => _turns.Start?.Task;

    /// <summary>True once what has been taken in since the last replay is worth another one.</summary>
    public bool HasEarnedItsReplay => _turns.HasEarnedItsReplay;

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
    /// Runs turns until the mailbox is empty, or until a commit is left to another thread, which then goes on in
    /// <see cref="Execute"/>. <paramref name="leaveAfterCommit"/>: the caller has a start to answer, so what follows
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
            hub.Scheduler.Queue(new Driving(this));
        }
    }

    /// <summary>Goes on after a commit, or with a turn that waited for a place, on a pool thread.</summary>
    public override void Execute() => Guard(afterCommit: !_isParked, leaveAfterCommit: false);

    /// <inheritdoc />
    public override void Write(SqliteSession session) => _turns.Write(session);

    /// <inheritdoc />
    public override void OnCommitted() => _turns.OnCommitted();

    private void DriveOn(ActivityRun? next, bool leaveAfterCommit)
    {
        while (true)
        {
            if (_turns.IsNew)
            {
                _turns.PrepareStart();
            }
            else if (TakeMessages())
            {
                // The instance has something to do: its last activity need not wait for that.
                next?.Queue();
                next = null;
                // Set before it may be found waiting: whoever leaves a place has it go on at once.
                _isParked = true;
                if (!hub.Turns.TryEnter(this))
                {
                    return;
                }

                _isParked = false;
                switch (RunTurn())
                {
                    case TurnEnd.Nothing:
                        next = _turns.StartActivities();
                        continue;
                    case TurnEnd.Again:
                        _ = TryAgainAsync();
                        return;
                    // It keeps its driver, so that nothing runs it.
                    case TurnEnd.Refused:
                    case TurnEnd.Lost:
                        return;
                }

                _failures = 0;
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
                _turns.AnswerStart(Error);
                hub.Scheduler.Queue(this);
                return;
            }

            if (!AfterCommit(out next))
            {
                return;
            }
        }
    }

    private TurnEnd RunTurn()
    {
        var end = TurnEnd.Nothing;
        try
        {
            return end = _turns.Run(this, _taken);
        }
        finally
        {
            if (end != TurnEnd.Lost)
            {
                hub.Turns.Leave();
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
        _turns.AnswerStart(Error);
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

    /// <summary>Takes what the mailbox holds, or has been taken for a turn that waited for a place. False: it is empty, and the caller is no longer the driver.</summary>
    private bool TakeMessages()
    {
        if (_isParked)
        {
            return true;
        }

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
        hub.EnterWork();
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
        finally
        {
            hub.LeaveWork();
        }
    }

    /// <summary>Stops the hub and tells who waits for the start, or for the id. The instance keeps its driver, so that nothing runs it again.</summary>
    private void Fail(Exception e)
    {
        hub.Fault(e, $"the instance '{Id}'");
        _turns.AnswerStart(e);
        TellFailure(e);
    }
}
