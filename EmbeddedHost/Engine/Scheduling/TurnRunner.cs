using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// The turns of one instance: from messages to a commit, and from the commit to what it lets out. Its driver calls it
/// from one thread at a time.
/// </summary>
internal sealed partial class TurnRunner(
    TaskHub hub, InstanceRow row, bool isNew, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe)
{
    private static readonly TimeSpan SmallCorrection = TimeSpan.FromSeconds(1);

    private readonly List<HistoryTurn> _uncommitted = [];
    private readonly List<HistoryEvent> _toStart = [];
    private InstanceRow _row = row;
    private InstanceRow? _committed;
    private bool _isNew = isNew;
    private OrchestrationExecution? _execution;
    private TurnCommit? _commit;
    private ExecutionOutcome? _outcome;
    private bool _endsChildren;
    private DateTime? _armed;
    private bool _knowsArmed = isNew;
    private bool _wasStarted;
    private bool _hasStrayed;

    /// <summary>The instance as it is on disk, payloads and all; null while that is not known here.</summary>
    public InstanceRow? Committed => Volatile.Read(ref _committed);

    /// <summary>The orchestrator's name.</summary>
    public string Name => _row.Name;

    /// <summary>True until the start is on disk: no code runs before that.</summary>
    public bool IsNew => _isNew;

    /// <summary>Told what became of the start; null where the instance was on disk already.</summary>
    public TaskCompletionSource? Start { get; } = isNew ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    /// <summary>True while turns without decisions wait for the next commit.</summary>
    public bool HasUncommitted => _uncommitted.Count > 0;

    /// <summary>Runs a turn on the messages.</summary>
    public TurnEnd Run(OrchestrationInstance self, List<Message> taken)
    {
        if (!hub.Runs(_row.Version) && !hub.FailsOtherVersions)
        {
            hub.LogOtherVersion(_row.Name, _row.Id, _row.Version);
            return TurnEnd.Refused;
        }

        var messages = new List<HistoryEvent>(taken.Count + 1);
        var takenMail = new List<long>();
        foreach (var message in taken)
        {
            Take(message, messages, takenMail);
        }

        EnsureWarm(messages);
        if (_execution is null)
        {
            // Ended or purged since the message was sent: there is no one to take it.
            hub.Forget(self);
            hub.ReturnMail(takenMail);
            return TurnEnd.Nothing;
        }

        var now = hub.Services.UtcNow;
        if (!_execution.IsStarted && !(_row.WakeAt > now))
        {
            messages.Insert(0, new HistoryEvent { Kind = HistoryEventKind.ExecutionStarted, Name = _row.Name });
        }

        if (_execution.WakeAt <= now)
        {
            AddDueTimers(messages, now);
        }

        DropStale(messages);
        _taken += messages.Count;
        if (messages.Count == 0 && takenMail.Count == 0 && !_hasStrayed)
        {
            if (HasUncommitted && taken.Count > 0)
            {
                Prepare(_execution.LastTurn, [], default, takenMail);
                return TurnEnd.Commit;
            }

            Arm(WakeAt());
            return TurnEnd.Nothing;
        }

        return RunTurn(self, TurnTime(now, messages), messages, takenMail);
    }

    /// <summary>Writes the prepared commit.</summary>
    public void Write(SqliteSession session) => _commit!.Write(session);

    /// <summary>The prepared commit is on disk: from now on everyone may see what it says.</summary>
    public void OnCommitted()
    {
        if (_commit is not { RefusedBy: null } commit)
        {
            return;
        }

        _row = commit.ApplyTo(_row);
        Volatile.Write(ref _committed, _row);
    }

    /// <summary>Tells who waits for the start what became of it.</summary>
    public void AnswerStart(Exception? error)
    {
        if (Start is null or { Task.IsCompleted: true })
        {
            return;
        }

        error ??= _commit is { RefusedBy: { } state } ? InstanceIds.Taken(_row.Id, state) : null;
        _ = error is null ? Start.TrySetResult() : Start.TrySetException(error);
    }

    /// <summary>Lets out what the committed turn decided, but for its activities. False: the instance has ended.</summary>
    public bool Publish(OrchestrationInstance self)
    {
        var commit = _commit!;
        _commit = null;
        if (commit.RefusedBy is not null)
        {
            hub.Forget(self);
            return false;
        }

        if (_isNew)
        {
            PublishStart(self);
            return true;
        }

        if (!_wasStarted && _execution is { IsStarted: true })
        {
            _wasStarted = true;
            hub.Started.Complete(_row.Id, Committed);
        }

        foreach (var (action, child) in commit.Children)
        {
            if (commit.RefusedChildren.Contains(child.Key))
            {
                _ = self.TryPost(new Message(SubOrchestrationAnswer.Refused(action)), out _);
            }
            else
            {
                hub.StartChild(child);
            }
        }

        if (commit.SentMail.Count > 0)
        {
            commit.SentMail.ForEach(letter => HubTracing.EventSent(_row, letter.Id, letter.Message.Event!));
            hub.DeliverMail(commit.SentMail);
        }

        if (_outcome is null)
        {
            Arm(commit.WakeAt);
            return true;
        }

        if (_outcome.Next is { } next)
        {
            // The next execution starts cold: from its input, and the events that came with it.
            _row = _row with { WakeAt = null };
            (_execution, _outcome) = (null, null);
            _ = self.TryPost(new Message(Event: null), out _);
            return true;
        }

        Arm(wakeAt: null);
        hub.OnEnded(self, _row, _outcome);
        return false;
    }

    /// <summary>Starts the activities that the turn let out, and returns the last for the driver to run.</summary>
    public ActivityRun? StartActivities()
    {
        if (_toStart.Count == 0)
        {
            return null;
        }

        ActivityRun? last = null;
        if (!hub.IsStopping)
        {
            foreach (var scheduled in _toStart)
            {
                last?.Queue();
                last = new ActivityRun(hub, _row, scheduled);
                hub.Activities.Note(last);
            }
        }

        _toStart.Clear();
        return last;
    }

    private void Arm(DateTime? wakeAt)
    {
        if (_knowsArmed && wakeAt == _armed)
        {
            return;
        }

        (_armed, _knowsArmed) = (wakeAt, true);
        if (wakeAt is { } at)
        {
            hub.Timers.Arm(_row.Id, _row.Key, at);
        }
        else
        {
            hub.Timers.Disarm(_row.Key);
        }
    }

    private TurnEnd RunTurn(OrchestrationInstance self, DateTime at, List<HistoryEvent> messages, List<long> takenMail)
    {
        var end = Play(self, at, messages, out var result);
        if (end != TurnEnd.Commit)
        {
            return end;
        }

        _outcome = result.Outcome;
        _endsChildren = _outcome is { State: OrchestrationRuntimeStatus.Terminated } && messages.Exists(static m => m.EndsChildren);
        if (_outcome is { Failure: { } failure } && failure.ErrorType == typeof(NonDeterministicOrchestrationException).FullName)
        {
            hub.LogCannotGoOn(_row.Name, _row.Id, failure.ErrorMessage);
        }

        if (messages.Count > 0)
        {
            _uncommitted.Add(new HistoryTurn(at, [.. messages, .. result.Actions]));
        }

        var mustCommit = hub.CommitsEveryTurn || _outcome is not null || result.Actions.Count > 0
            || result.Status is not null || takenMail.Count > 0 || messages.Exists(static m => !m.IsRepeatable);
        if (!mustCommit)
        {
            hub.FlushLater(_row.Id, _row.Key);
            return TurnEnd.Nothing;
        }

        Prepare(at, result.Actions, result, takenMail);
        return TurnEnd.Commit;
    }
}
