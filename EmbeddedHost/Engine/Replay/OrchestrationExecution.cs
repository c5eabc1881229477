using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// A running orchestrator in memory. It takes turns: live ones on new messages, or replayed ones from history. Both
/// give the same result, because both deliver the same messages in the same order at the same clock.
/// </summary>
internal sealed class OrchestrationExecution
{
    // Orchestrator code must not inherit the caller's ambient state (a request's activity, its async locals).
    private static readonly ExecutionContext Clean = CaptureClean();

    private readonly InstanceIdentity _identity;
    private readonly EngineServices _services;
    private readonly OrchestratorFunction _function;
    private readonly EmbeddedOrchestrationContext _context;
    private readonly Dictionary<int, (HistoryEvent Action, DateTime At)> _open = [];
    private readonly List<HistoryEvent> _held = [];
    private IReadOnlyList<HistoryEvent> _messages = [];
    private Task<object?>? _run;
    private HistoryEvent? _terminated;

    public OrchestrationExecution(InstanceIdentity identity, EngineServices services)
    {
        _identity = identity;
        _services = services;
        _function = services.Functions.FindOrchestrator(identity.Name)
            ?? (_ => throw new InvalidOperationException(
                $"The orchestrator '{identity.Name}' is not part of this app. Deploy the code that has it, and rewind the instance."));
        _context = new EmbeddedOrchestrationContext(identity, services);
    }

    /// <summary>True once the start message came, if only to be held while suspended.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>True between a suspend and its resume.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>The clock of the last turn.</summary>
    public DateTime LastTurn { get; private set; }

    /// <summary>When the earliest timer is due. A suspended instance is not woken: its timers fire when it resumes.</summary>
    public DateTime? WakeAt => IsSuspended ? null : _context.WakeAt;

    /// <summary>Activities and sub-orchestrations under way.</summary>
    public int OpenTasks => _context.OpenTasks;

    /// <summary>Actions that have no answer yet, not even one held while suspended, with what they were asked for.</summary>
    public IEnumerable<HistoryEvent> OpenActions => _open.Values.Select(static open => open.Action).Where(
        action => _context.IsPending(action.TaskId) && !_held.Exists(answer => answer.TaskId == action.TaskId));

    /// <summary>The action of a number, where it has no answer yet.</summary>
    public HistoryEvent? OpenAction(int taskId) => _open.GetValueOrDefault(taskId).Action;

    /// <summary>The turn that decided on an action which has no answer yet.</summary>
    public DateTime OpenedAt(int taskId) => _open.GetValueOrDefault(taskId).At;

    /// <summary>True while the action of a number has no answer, or one that is held while suspended.</summary>
    public bool IsPending(int taskId) => _context.IsPending(taskId);

    /// <summary>Runs a turn of history again. Throws what makes the history unusable for this code.</summary>
    /// <exception cref="NonDeterminismException">The code asked for something else than history holds.</exception>
    public void Replay(HistoryTurn turn)
    {
        _context.Actions.BeginReplay(turn);
        Run(turn.At, turn.Events);
        _context.Actions.EndReplay(_identity.Name);
        _context.CustomStatusChanged = false;
        foreach (var e in turn.Events)
        {
            NoteOpen(e);
        }

        if (_run is { IsCompleted: true } && !_context.HasOpenActions)
        {
            _context.Actions.EndsTooEarly(_identity.Name);
        }

        ThrowOnMismatch();
    }

    /// <summary>Runs a live turn on new messages.</summary>
    public TurnResult Turn(DateTime at, IReadOnlyList<HistoryEvent> messages)
    {
        Run(at, messages);
        var actions = _context.Actions.TakeCollected();
        foreach (var action in actions)
        {
            NoteOpen(action);
        }

        var changed = _context.CustomStatusChanged;
        _context.CustomStatusChanged = false;
        return new TurnResult(actions, changed, _context.CustomStatus, Outcome());
    }

    /// <summary>Messages for the timers that are due by <paramref name="now"/>.</summary>
    public IEnumerable<HistoryEvent> DueTimers(DateTime now) => _context.DueTimers(now).Select(id => new HistoryEvent
    {
        Kind = HistoryEventKind.TimerFired,
        TaskId = id,
        FireAt = OpenAction(id)?.FireAt,
    });

    /// <summary>
    /// The outcome once the orchestrator has ended; null while it runs. Whatever it asked for is waited for, even where its
    /// code has returned or thrown: a timer that is not cancelled keeps its instance, as in the Durable Task Framework.
    /// </summary>
    private ExecutionOutcome? Outcome()
    {
        if (_terminated is not null)
        {
            return new ExecutionOutcome(OrchestrationRuntimeStatus.Terminated, _terminated.Payload, Failure: null, Next: null);
        }

        if (_run is not { IsCompleted: true } run)
        {
            return _run is null || IsSuspended || _context.AwaitsAnything
                ? null
                : Failed(new InvalidOperationException(
                    $"The orchestrator '{_identity.Name}' awaits something other than a durable task (Task.Delay, Task.Run, I/O): "
                    + "nothing that reaches it can complete that. Use the context's timers, events and activities instead."));
        }

        if (_context.HasOpenActions)
        {
            return null;
        }

        if (!run.IsCompletedSuccessfully)
        {
            return Failed(run.Exception?.InnerException ?? new TaskCanceledException(run));
        }

        if (_context.NextExecution is { } next)
        {
            return new ExecutionOutcome(OrchestrationRuntimeStatus.ContinuedAsNew, Output: null, Failure: null, NextWithEvents(next));
        }

        try
        {
            var output = _services.Serializer.Serialize(run.Result);
            return new ExecutionOutcome(OrchestrationRuntimeStatus.Completed, output, Failure: null, Next: null);
        }
        catch (Exception e)
        {
            return Failed(e);
        }
    }

    private static ExecutionOutcome Failed(Exception exception) =>
        new(OrchestrationRuntimeStatus.Failed, Output: null, TaskFailureDetails.FromException(exception), Next: null);

    private NextExecution NextWithEvents(ContinueAsNewRequest next) => new(
        next.Input,
        next.Version,
        [
            // The numbers go on: none means two things in one instance.
            new HistoryEvent { Kind = HistoryEventKind.ContinuedAsNew, TaskId = _context.NextNumber },
            .. (next.PreserveUnprocessedEvents ? _context.Events.Unprocessed : []).Select(static e => new HistoryEvent
            {
                Kind = HistoryEventKind.EventRaised,
                Name = e.Name,
                Payload = e.Payload,
            }),
            // A suspend may reach the turn after the code has returned.
            .. IsSuspended ? (HistoryEvent[])[new HistoryEvent { Kind = HistoryEventKind.ExecutionSuspended }] : [],
            .. next.PreserveUnprocessedEvents ? _held.Where(static e => e.Kind == HistoryEventKind.EventRaised) : [],
        ]);

    private void Run(DateTime at, IReadOnlyList<HistoryEvent> messages)
    {
        LastTurn = at;
        _messages = messages;
        ExecutionContext.Run(Clean, static self => ((OrchestrationExecution)self!).RunOnTurn(), this);
        _messages = [];
    }

    private void RunOnTurn()
    {
        var ambient = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _context.BeginTurn(LastTurn);
        try
        {
            for (var i = 0; i < _messages.Count; i++)
            {
                Deliver(_messages[i]);
            }
        }
        finally
        {
            _context.EndTurn();
            SynchronizationContext.SetSynchronizationContext(ambient);
        }
    }

    private void Deliver(HistoryEvent e)
    {
        if (_terminated is not null || e.IsAction)
        {
            return;
        }

        IsStarted |= e.Kind == HistoryEventKind.ExecutionStarted;
        switch (e.Kind)
        {
            case HistoryEventKind.ExecutionTerminated:
                _terminated = e;
                return;
            case HistoryEventKind.ExecutionSuspended:
                IsSuspended = true;
                return;
            case HistoryEventKind.ExecutionResumed:
                IsSuspended = false;
                var held = _held.ToArray();
                _held.Clear();
                foreach (var message in held)
                {
                    Deliver(message);
                }

                return;
            default:
                if (IsSuspended)
                {
                    _held.Add(e);
                }
                else
                {
                    DeliverToCode(e);
                }

                return;
        }
    }

    private void DeliverToCode(HistoryEvent e)
    {
        switch (e.Kind)
        {
            case HistoryEventKind.ExecutionStarted:
                _run = StartAsync();
                break;
            case HistoryEventKind.ContinuedAsNew or HistoryEventKind.ExecutionRewound:
                _context.NumberFrom(e.TaskId);
                break;
            case HistoryEventKind.TaskCompleted or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.TimerFired:
                _ = _open.Remove(e.TaskId);
                _context.Complete(e.TaskId, e.Payload);
                break;
            case HistoryEventKind.TaskFailed or HistoryEventKind.SubOrchestrationFailed:
                var name = _open.Remove(e.TaskId, out var open) ? open.Action.Name : null;
                _context.Fail(e.TaskId, name ?? "", e.Failure!);
                break;
            case HistoryEventKind.EventRaised when _run is { IsCompleted: true }:
                // A waiter that the code left behind must not swallow what the next execution may wait for.
                _context.Events.Keep(e.Name!, e.Payload);
                break;
            case HistoryEventKind.EventRaised:
                _context.Events.Raise(e.Name!, e.Payload);
                break;
            default:
                throw new InvalidDataException($"A message of kind {e.Kind} cannot be delivered to an orchestrator.");
        }
    }

    private async Task<object?> StartAsync() => await _function(_context);

    private void NoteOpen(HistoryEvent e)
    {
        if (e.IsAction && e.Kind != HistoryEventKind.EventSent && _context.IsPending(e.TaskId))
        {
            _open[e.TaskId] = (e, LastTurn);
        }
    }

    private void ThrowOnMismatch()
    {
        if (_context.Actions.Mismatch is { } mismatch)
        {
            throw new NonDeterminismException(mismatch);
        }
    }

    private static ExecutionContext CaptureClean()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }
}
