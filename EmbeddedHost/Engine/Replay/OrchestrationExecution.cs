using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Entities;
using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Core = DurableTask.Core.History;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// One execution of an orchestrator, run by the Durable Task Framework's own executor: cold from history, then warm from
/// turn to turn.
/// </summary>
internal sealed partial class OrchestrationExecution : ITaskOrchestrator
{
    // Orchestrator code must not inherit the caller's ambient state (a request's activity, its async locals).
    private static readonly ExecutionContext Clean = CaptureClean();

    // On one machine what an instance sends arrives in that order: nothing waits to be sorted.
    private static readonly TaskOrchestrationEntityParameters EntityParameters = new() { EntityMessageReorderWindow = TimeSpan.Zero };

    private readonly InstanceRow _row;
    private readonly EngineServices _services;
    private readonly Action _strayed;
    private readonly ActionNumbers _numbers = new();
    private readonly ExecutionGuids _guids;
    private readonly Dictionary<int, (HistoryEvent Action, DateTime At)> _open = [];
    private readonly SortedSet<(DateTime Due, int Number)> _timers = [];
    private readonly List<Core.HistoryEvent> _early = [];
    private readonly List<HistoryEvent> _held = [];
    private readonly TurnThread _thread = new();
    private bool _hasBegun;
    private List<Core.HistoryEvent> _past = [];
    private OrchestrationRuntimeState? _state;
    private TaskOrchestrationExecutor? _executor;
    private EmbeddedOrchestratorContext? _context;
    private Exception? _outage;

    /// <param name="row">The instance, with its input.</param>
    /// <param name="history">Its committed turns; none where it is new.</param>
    /// <param name="services">What the engine has of its host.</param>
    /// <param name="strayed">Called, on any thread, if the code would go on outside of its turns: it is to be ended (<see cref="EndStrayed"/>).</param>
    public OrchestrationExecution(InstanceRow row, IEnumerable<HistoryTurn> history, EngineServices services, Action? strayed = null)
    {
        (_row, _services, _guids) = (row, services, new ExecutionGuids(row.Id));
        _strayed = strayed ?? (static () => { });
        foreach (var turn in history)
        {
            Take(turn.At, turn.Events, _past);
        }
    }

    /// <summary>True once the start message came.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>True between a suspend and its resume.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>The clock of the last turn.</summary>
    public DateTime LastTurn { get; private set; }

    /// <summary>When the earliest timer is due. A suspended instance is not woken: its timers fire when it resumes.</summary>
    public DateTime? WakeAt => IsSuspended || _timers.Count == 0 ? null : _timers.Min.Due;

    /// <summary>Activities and sub-orchestrations under way.</summary>
    public int OpenTasks => _open.Count - _timers.Count;

    /// <summary>Actions that have no answer yet.</summary>
    public IEnumerable<HistoryEvent> OpenActions => _open.Values.Select(static open => open.Action);

    /// <inheritdoc />
    public Type InputType => typeof(object);

    /// <inheritdoc />
    public Type OutputType => typeof(object);

    /// <summary>The turn that decided on an action which has no answer yet.</summary>
    public DateTime OpenedAt(int taskId) => _open.GetValueOrDefault(taskId).At;

    /// <summary>True while the action of a number has no answer.</summary>
    public bool IsPending(int taskId) => _open.ContainsKey(taskId);

    /// <summary>Messages for the timers that are due by <paramref name="now"/>, the earliest first.</summary>
    public IReadOnlyList<HistoryEvent> DueTimers(DateTime now) =>
    [
        .. _timers.TakeWhile(timer => timer.Due <= now)
            .Select(static timer => new HistoryEvent { Kind = HistoryEventKind.TimerFired, TaskId = timer.Number, FireAt = timer.Due }),
    ];

    /// <summary>Runs a turn on new messages.</summary>
    public TurnResult Turn(DateTime at, IReadOnlyList<HistoryEvent> messages)
    {
        var fresh = new List<Core.HistoryEvent>(messages.Count + 1);
        Take(at, messages, fresh);
        if (!_hasBegun)
        {
            // The executor knows of nothing before the start, and so cannot be asked.
            var end = messages.LastOrDefault(static e => e.Kind == HistoryEventKind.ExecutionTerminated);
            return new TurnResult([], Status: null, end is null ? null : new ExecutionOutcome(OrchestrationRuntimeStatus.Terminated, end.Payload));
        }

        if (_services.Functions.FindOrchestrator(_row.Name) is null)
        {
            return new TurnResult([], Status: null, Failed(new InvalidOperationException(
                $"The orchestrator '{_row.Name}' is not part of this app. Deploy the code that has it, and rewind the instance.")));
        }

        try
        {
            var result = ResultOf(at, Run(fresh));
            return result.Status is { IsTooLong: true }
                ? new TurnResult([], Status: null, Failed(new InvalidOperationException(NewStatus.TooLong)))
                : result;
        }
        catch (Exception e) when (e is not SessionAbortedException && !FatalErrors.IsFatal(e))
        {
            return new TurnResult([], StatusOfFailed(), Failed(e));
        }
    }

    /// <summary>Ends the instance without a turn of its code: its version does not run here.</summary>
    public TurnResult Refuse(DateTime at, IReadOnlyList<HistoryEvent> messages)
    {
        Take(at, messages, []);
        return new TurnResult([], Status: null, new ExecutionOutcome(
            OrchestrationRuntimeStatus.Failed,
            Failure: new FailureDetails(
                "VersionMismatch",
                $"The instance has the version '{_row.Version}', which this host does not run (host.json: defaultVersion, versionMatchStrategy).",
                stackTrace: null, innerFailure: null, isNonRetriable: true)));
    }

    /// <summary>Ends the instance without a turn of its code, which would have gone on outside of its turns.</summary>
    public TurnResult EndStrayed(DateTime at, IReadOnlyList<HistoryEvent> messages)
    {
        Take(at, messages, []);
        return new TurnResult([], StatusOfFailed(), Failed(NotDurable("awaited", "which has ended outside of its turns")));
    }

    /// <summary>Why the history cannot be gone on from with this code; null where it can.</summary>
    public FailureDetails? FindMismatch()
    {
        if (!_hasBegun)
        {
            return null;
        }

        var result = Turn(LastTurn, []);
        return result.Outcome switch
        {
            null => null,
            { Failure: { } failure } => failure,
            _ => Failures.Of(new NonDeterministicOrchestrationException("The code ends where the history goes on.")),
        };
    }

    /// <inheritdoc />
    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        _context = new EmbeddedOrchestratorContext(
            context, new OrchestrationStart(_row.Name, _row.Version, _row.Input), _thread, _guids, _services);
        new TurnContext(_thread, _strayed).Begin();
        try
        {
            return await _services.Functions.FindOrchestrator(_row.Name)!(_context);
        }
        catch (Exception e) when (e is SessionAbortedException || FatalErrors.IsFatal(e))
        {
            // The executor would take it for the orchestrator's end.
            _outage = e;
            throw;
        }
        catch (Exception e) when (!Failures.IsReadable(e))
        {
            // The executor reads the message of what it catches.
            throw new CoreTaskFailedException(e.GetType().FullName, e) { FailureDetails = Failures.Of(e) };
        }
    }

    private static ExecutionOutcome Failed(Exception e) => new(OrchestrationRuntimeStatus.Failed, Failure: Failures.Of(e));

    // It has failed of something else: a status that cannot be written is not to hide that.
    private NewStatus? StatusOfFailed()
    {
        try
        {
            return _context?.TakeStatus();
        }
        catch (Exception e) when (!FatalErrors.IsFatal(e))
        {
            return null;
        }
    }

    private List<OrchestratorAction> Run(List<Core.HistoryEvent> fresh)
    {
        List<OrchestratorAction> actions = [];
        ExecutionContext.Run(Clean, _ => actions = RunOnTurn(fresh), state: null);
        return _outage is null ? actions : throw new SessionAbortedException(_outage.Message, _outage);
    }

    private List<OrchestratorAction> RunOnTurn(List<Core.HistoryEvent> fresh)
    {
        _thread.Enter();
        try
        {
            return [.. (_executor is null ? RunCold(fresh) : RunWarm(fresh)).Actions];
        }
        finally
        {
            _thread.Leave();
            // What has been played is not looked at again; the history is on disk.
            _state?.NewEvents.Clear();
            _state?.PastEvents.Clear();
            _state?.Events.Clear();
        }
    }

    private OrchestratorExecutionResult RunCold(List<Core.HistoryEvent> fresh)
    {
        _state = new OrchestrationRuntimeState(_past);
        _past = [];
        foreach (var e in fresh)
        {
            _state.AddEvent(e);
        }

        var parent = _row.ParentId is null ? null : new ParentOrchestrationInstance(_row.ParentName!, _row.ParentId);
        _executor = new TaskOrchestrationExecutor(
            _state,
            _services.Shims.CreateOrchestration(_row.Name, this, _services.Properties, parent),
            BehaviorOnContinueAsNew.Carryover,
            EntityParameters,
            ErrorPropagationMode.UseFailureDetails);
        return _executor.Execute();
    }

    private OrchestratorExecutionResult RunWarm(List<Core.HistoryEvent> fresh)
    {
        foreach (var e in fresh)
        {
            _state!.NewEvents.Add(e);
        }

        return _executor!.ExecuteNewEvents();
    }

    private TurnResult ResultOf(DateTime at, List<OrchestratorAction> actions)
    {
        var events = new List<HistoryEvent>(actions.Count);
        OrchestrationCompleteOrchestratorAction? end = null;
        foreach (var action in actions)
        {
            if (action is OrchestrationCompleteOrchestratorAction complete)
            {
                end = complete;
            }
            else if (TurnActions.EventOf(action, _row, _numbers.Give()) is { } e)
            {
                events.Add(e);
                NoteOpen(at, e);
            }
        }

        var outcome = end is null ? StuckOutcome() : TurnActions.OutcomeOf(end, _row, Math.Max(_numbers.Next, _guids.Next), events, Held());
        return new TurnResult(events, _context?.TakeStatus(), outcome);
    }

    // The executor ends with what a suspend has held back in its last turn: the execution that follows has it.
    private HistoryEvent[] Held() =>
        IsSuspended ? [new HistoryEvent { Kind = HistoryEventKind.ExecutionSuspended }, .. _held] : [];

    // No message could ever let such code go on: without an end its instance would wait for good.
    private ExecutionOutcome? StuckOutcome() =>
        IsSuspended || _open.Count > 0 || _context is null or { WaitsForEvent: true }
            ? null
            : Failed(NotDurable("awaits", "and nothing that reaches it can complete that"));

    private InvalidOperationException NotDurable(string awaits, string why) => new(
        $"The orchestrator '{_row.Name}' {awaits} something other than a durable task (Task.Delay, Task.Run, CancelAsync, I/O), {why}. "
        + "Use the context's timers, events and activities instead.");

    private static ExecutionContext CaptureClean()
    {
        ExecutionContext? clean = null;
        var thread = new Thread(() => clean = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return clean!;
    }
}
