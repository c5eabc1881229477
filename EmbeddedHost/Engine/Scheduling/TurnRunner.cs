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
    private readonly List<TaskCompletionSource> _callers = [];
    private readonly List<HistoryEvent> _toStart = [];
    private InstanceRow _row = row;
    private InstanceRow? _committed;
    private bool _isNew = isNew;
    private OrchestrationExecution? _execution;
    private TurnCommit? _commit;
    private ExecutionOutcome? _outcome;
    private DateTime? _armed;
    private bool _knowsArmed = isNew;
    private bool _wasStarted;

    /// <summary>The instance as it is on disk, payloads and all; null while that is not known here.</summary>
    public InstanceRow? Committed => Volatile.Read(ref _committed);

    /// <summary>True while turns without decisions wait for the next commit.</summary>
    public bool HasUncommitted => _uncommitted.Count > 0;

    /// <summary>What a sent event is to the instance that receives it.</summary>
    public static HistoryEvent AsRaised(HistoryEvent sent) =>
        new() { Kind = HistoryEventKind.EventRaised, Name = sent.Name, Payload = sent.Payload };

    /// <summary>
    /// Runs a turn on the messages. True: it is to be committed. False: nothing was decided that anyone could see, and
    /// what the turn took in can happen again, so it waits for the next commit.
    /// </summary>
    public bool Run(OrchestrationInstance self, List<Message> taken)
    {
        var messages = new List<HistoryEvent>(taken.Count + 1);
        var takenMail = new List<long>();
        foreach (var message in taken)
        {
            Take(message, messages, takenMail);
        }

        var failure = EnsureWarm(messages);
        if (_execution is null)
        {
            // Ended or purged since the message was sent: nobody is there to take it.
            AnswerCallers(error: null);
            hub.Forget(self);
            hub.ReturnMail(takenMail);
            return false;
        }

        var now = hub.Services.UtcNow;
        if (failure is not null)
        {
            hub.LogCannotGoOn(_row.Name, _row.Id, failure.ErrorMessage);
            _outcome = new ExecutionOutcome(OrchestrationRuntimeStatus.Failed, Output: null, failure, Next: null);
            var at = TurnTime(now, messages);
            // Nobody has taken them in: a rewind, once the code is right again, gives them to it.
            _uncommitted.Add(new HistoryTurn(at, messages));
            Prepare(at, [], default, takenMail);
            return true;
        }

        if (!_execution.IsStarted && !(_row.WakeAt > now))
        {
            messages.Insert(0, new HistoryEvent { Kind = HistoryEventKind.ExecutionStarted, Name = _row.Name });
        }

        if (_execution.WakeAt <= now)
        {
            AddDueTimers(messages, now);
        }

        DropStale(messages);
        if (messages.Count == 0 && !_isNew && _callers.Count == 0 && takenMail.Count == 0)
        {
            if (HasUncommitted && taken.Count > 0)
            {
                Prepare(_execution.LastTurn, [], default, takenMail);
                return true;
            }

            Arm(WakeAt());
            return false;
        }

        return RunTurn(TurnTime(now, messages), messages, takenMail);
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

    /// <summary>Tells those who wait for the commit what became of it.</summary>
    public void AnswerCallers(Exception? error)
    {
        if (_callers.Count == 0)
        {
            return;
        }

        error ??= _commit is { RefusedBy: { } state }
            ? InstanceIds.Taken(_row.Id, state)
            : null;
        foreach (var caller in _callers)
        {
            _ = error is null ? caller.TrySetResult() : caller.TrySetException(error);
        }

        _callers.Clear();
    }

    /// <summary>Lets out what the committed turn decided, but for its activities. False: the instance has ended.</summary>
    public bool Publish(OrchestrationInstance self)
    {
        var commit = _commit!;
        _commit = null;
        if (commit.RefusedBy is not null)
        {
            hub.Forget(self);
            hub.ReturnMail(commit.TakenMail);
            return false;
        }

        if (_isNew)
        {
            _isNew = false;
            hub.Redeliver(_row.Id, self.Settle());
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
            commit.SentMail.ForEach(mail => HubTracing.EventSent(_row, mail.Sent));
            hub.DeliverMail([.. commit.SentMail.Select(
                static mail => new Letter(mail.Sent.InstanceId!, Key: 0, new Message(AsRaised(mail.Sent), MailSequence: mail.Sequence)))]);
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

    private bool RunTurn(DateTime at, List<HistoryEvent> messages, List<long> takenMail)
    {
        var began = hub.Metrics.BeginTurn();
        var result = _execution!.Turn(at, messages);
        hub.Metrics.EndTurn(began, _row.Name);
        _outcome = result.Outcome;
        if (messages.Count > 0)
        {
            _uncommitted.Add(new HistoryTurn(at, [.. messages, .. result.Actions]));
        }

        var mustCommit = hub.CommitsEveryTurn || _isNew || _outcome is not null || result.Actions.Count > 0
            || result.CustomStatusChanged || _callers.Count > 0 || takenMail.Count > 0 || messages.Exists(static m => !m.IsRepeatable);
        if (!mustCommit)
        {
            hub.FlushLater(_row.Id, _row.Key);
            return false;
        }

        Prepare(at, result.Actions, result, takenMail);
        return true;
    }
}
