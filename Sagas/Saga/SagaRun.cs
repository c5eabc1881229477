using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Sagas;

/// <summary>
/// One run of a saga inside its orchestrator: does steps, remembers how to undo them, and keeps the story. Everything here
/// replays, so it may use nothing but the context and its input.
/// </summary>
public sealed partial class SagaRun
{
    private readonly TaskOrchestrationContext _context;
    private readonly SagaDefinition? _definition;
    private readonly string _key;
    private readonly int _generation;
    private readonly string? _scope;
    private readonly SagaSettings _settings;
    private readonly SagaLog _log;
    private readonly Stack<Undo> _undos = new();
    private readonly List<IncidentToOpen> _unopened = [];
    private readonly Dictionary<string, int> _finished = new(StringComparer.Ordinal);
    private readonly StepOrder? _order;
    private StepFailure? _failure;
    private int _notices;

    /// <summary>A run of a saga that is nobody's child.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="definition">The saga.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="settings">What its decisions depend on.</param>
    /// <param name="generation">Which saga of that, counted from 1.</param>
    public SagaRun(TaskOrchestrationContext context, SagaDefinition definition, string id, SagaSettings settings, int generation = 1)
        : this(context, definition, definition.KeyOf(id), generation, settings, scope: null, parks: 0)
    {
    }

    private SagaRun(
        TaskOrchestrationContext context, SagaDefinition? definition, string key, int generation, SagaSettings settings, string? scope, int parks)
    {
        (_context, _definition, _key, _generation, _settings, _scope, _parks) = (context, definition, key, generation, settings, scope, parks);
        _order = definition is null ? null : new StepOrder(definition);
        _log = new SagaLog(context);
        _cancel = new EventWaiter(context, CancelEvent);
        _operator = new EventWaiter(context, OperatorEvent);
    }

    /// <summary>The orchestration's clock.</summary>
    public DateTimeOffset Now => _log.Now;

    /// <summary>
    /// Takes over from a run of the same saga that was stopped: any of its steps may have acted, so that all of them are undone
    /// wherever this one goes backward, the first given last.
    /// </summary>
    /// <param name="undos">What undoes all that it may have done; a step that may have been done more than once has one for each time.</param>
    public void TakeOver(IEnumerable<Undo> undos)
    {
        Undo[] unknown = [.. undos.Where(undo => !_undos.Any(other => other.Compensation.Name == undo.Compensation.Name))];
        foreach (var undo in unknown)
        {
            Push(undo with { IsTakenOver = true });
        }
    }

    /// <summary>A run of a child: end it with <see cref="EndChildAsync"/>.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="definition">The child's saga.</param>
    /// <param name="parent">The saga whose child it is, with the child's scope.</param>
    /// <param name="settings">What its decisions depend on.</param>
    public static SagaRun ForChild(TaskOrchestrationContext context, SagaDefinition definition, SagaId parent, SagaSettings settings) =>
        new(context, definition, parent.Key, parent.Generation, settings, parent.Scope, parks: 0);

    /// <summary>A run that only undoes what a child has done.</summary>
    internal static SagaRun ToUndo(TaskOrchestrationContext context, SagaId child, SagaSettings settings, int parks) =>
        new(context, definition: null, child.Key, child.Generation, settings, child.Scope, parks);

    /// <summary>Ends the saga, once its steps are done or undone: stores its story.</summary>
    /// <returns>Succeeded or cancelled.</returns>
    /// <exception cref="SagaFailedException">It failed; whatever could be undone is undone.</exception>
    /// <exception cref="InvalidOperationException">It is a child: end it with <see cref="EndChildAsync"/>.</exception>
    public async Task<SagaOutcome> EndAsync()
    {
        var definition = _definition is not null && _scope is null
            ? _definition
            : throw new InvalidOperationException($"The saga of {_key} is a child: end it with {nameof(EndChildAsync)}.");
        if (_failure is null)
        {
            _order?.End();
            await EndAsync(definition, SagaOutcome.Succeeded);
            return SagaOutcome.Succeeded;
        }

        await EndAsync(definition, BackwardOutcome);
        return _isCancelled ? BackwardOutcome : throw new SagaFailedException($"The {definition.Name} saga of {_key} failed. {_failure.Message}");
    }

    /// <summary>Does a step. One after the pivot cannot fail the saga: what cannot be done is left as an incident, whose retry does it.</summary>
    /// <exception cref="StepFailedException">It was refused, its attempts have run out, or the saga was cancelled before it.</exception>
    /// <exception cref="InvalidOperationException">The saga does not declare the step, declares it elsewhere in its order, or declares it as its pivot.</exception>
    public Task DoAsync(SagaStep step, object input) =>
        step.Kind == StepKind.Retriable ? FinishAsync(step, input) : DoAsync<StepResult>(step, input);

    /// <summary>Does a step before the pivot that answers more than that it is done.</summary>
    /// <inheritdoc cref="DoAsync(SagaStep, object)" path="/exception" />
    public async Task<T> DoAsync<T>(SagaStep step, object input)
        where T : StepResult
    {
        _order?.Next(step);
        await TurnBackIfCancelledAsync(step.Name);
        // Remembered before it acts: a step that fails may have acted all the same.
        if (step.Compensation is { } compensation)
        {
            Remember(new Undo(compensation, input));
        }

        return (await TryInStateAsync(step, async () =>
        {
            var answer = await AskAsync<T>(step.Activities[0], input, _settings.ForStep(step, step.Activities[0]));
            return answer.Result?.Refusal is { } refusal ? new Answer<T>(StepFailure.Of(step.Name, refusal)) : answer;
        })).OrThrow();
    }

    /// <summary>Enters a step's state, runs its work and writes down how that ended.</summary>
    /// <exception cref="StepFailedException">The work failed so.</exception>
    /// <inheritdoc cref="DoAsync(SagaStep, object)" path="/exception[@cref='T:System.InvalidOperationException']" />
    public async Task<T> InStateAsync<T>(SagaStep step, Func<Task<T>> work)
    {
        _order?.Next(step);
        return (await TryInStateAsync(step, async () =>
        {
            try
            {
                return new Answer<T>(await work());
            }
            catch (StepFailedException stopped)
            {
                return new Answer<T>(stopped.Failure);
            }
        })).OrThrow();
    }

    /// <summary>Calls an activity of a step, with the step's retries.</summary>
    /// <exception cref="StepFailedException">Its attempts have run out.</exception>
    public Task<T> CallAsync<T>(SagaStep step, string activity, object input) => CallAsync<T>(activity, input, _settings.ForStep(step, activity));

    /// <summary>
    /// Passes the pivot. A technical failure does not fail the saga any more: everything before it is done, and only that this
    /// was told is not known.
    /// </summary>
    /// <exception cref="StepFailedException">The saga was cancelled first.</exception>
    /// <exception cref="InvalidOperationException">The step is not the saga's pivot, comes elsewhere in its order, or was passed before.</exception>
    public async Task CommitAsync(SagaStep pivot)
    {
        _order?.Pass(pivot);
        await TurnBackIfCancelledAsync(pivot.Name);
        if (await TryInStateAsync(pivot, Notice(SagaOutcome.Succeeded)) is not { } failure)
        {
            return;
        }

        if (failure.Outcome == StepOutcome.Refused)
        {
            // By a cancel, by an earlier run of the saga that has ended failed, or by an activity that had passed its gate:
            // there is no way back from there.
            if ((await ConfirmCancelAsync()).IsPassed == true)
            {
                return;
            }
        }
        else
        {
            _isCancelled = await IsCancelledAtThePivotAsync();
            if (!_isCancelled)
            {
                return;
            }
        }

        throw new StepFailedException(failure);
    }

    // What was taken over has all times of a step. One that is done again with the same input is the same work.
    private void Remember(Undo undo)
    {
        if (!_undos.Any(other => other.Compensation.Name == undo.Compensation.Name
            && (other.IsTakenOver || (other.Input is not FanOut && JsonElement.DeepEquals(AsJson(other.Input), AsJson(undo.Input))))))
        {
            Push(undo);
        }
    }

    private void Push(Undo undo) => _undos.Push(undo.After(_undos));

    private async Task FinishAsync(SagaStep step, object input)
    {
        _order?.Next(step);
        var number = _finished[step.Name] = _finished.GetValueOrDefault(step.Name) + 1;
        if (await TryInStateAsync(step, input) is { } failure)
        {
            _ = await OpenIncidentsAsync([LeaveUndone(step.Activities[0], input, failure.Error, number)]);
        }
    }

    private async Task EndAsync(SagaDefinition definition, SagaOutcome outcome)
    {
        await OpenTheRestAsync();
        // Stored, so that the story outlives the instance; shown once that has settled that it is the end.
        var end = definition.EndOf(outcome);
        var failure = await TryCallFinalAsync(definition.Report, new ReportToStore(_key, _generation, _log.ToReport(end, outcome)));
        if (outcome == SagaOutcome.Failed && failure is { Outcome: StepOutcome.Refused })
        {
            // A cancel was granted while it went back.
            _isCancelled = true;
            await EndAsync(definition, SagaOutcome.Cancelled);
            return;
        }

        _log.End(end, outcome);
    }

    // A method and not a property: the analyzers of the Durable Task SDK take only what is made on the spot for replay-safe.
    private ILogger Logger() => _context.CreateReplaySafeLogger<SagaRun>();

    private SagaNotice Notice(SagaOutcome outcome, string? error = null) =>
        new(_key, _generation, outcome, error) { Scope = _scope, Number = ++_notices };

    private Task<StepFailure?> TryInStateAsync(SagaStep step, object input) =>
        TryInStateAsync(step.Name, step.Activities[0], input, _settings.ForStep(step, step.Activities[0]));

    /// <summary>Null where it is done, else why not.</summary>
    private async Task<StepFailure?> TryInStateAsync(string state, string activity, object input, RetrySettings retry)
    {
        _log.Enter(state);
        var failure = await TryCallAsync(activity, input, retry);
        _log.Leave(failure?.Outcome ?? StepOutcome.Succeeded, failure?.Error);
        return failure;
    }

    private Task<StepFailure?> TryCallFinalAsync(string activity, object input) =>
        TryCallAsync(activity, input, _settings.ForFinal(activity));

    private async Task<StepFailure?> TryCallAsync(string activity, object input, RetrySettings retry)
    {
        var answer = await AskAsync<StepResult>(activity, input, retry);
        if (answer.Failure is { } failure)
        {
            Logger().LogError("Saga {Key}: {Failure}", _key, failure.Message);
            return failure;
        }

        return answer.Result!.Refusal is { } refusal ? StepFailure.Of(activity, refusal) : null;
    }

    /// <summary>Does a step's work, again as often as an operator has it tried again.</summary>
    private async Task<Answer<T>> TryInStateAsync<T>(SagaStep step, Func<Task<Answer<T>>> work)
    {
        _log.Enter(step.Name);
        while (true)
        {
            var answer = await work();
            _log.Leave(answer.Failure?.Outcome ?? StepOutcome.Succeeded, answer.Failure?.Error);
            if (answer.Failure is not { Outcome: StepOutcome.Failed } failure || !await IsToBeRetriedAsync(step, failure.Error))
            {
                return answer;
            }

            _log.Resume();
        }
    }

    private async Task<T> CallAsync<T>(string activity, object input, RetrySettings retry) => (await AskAsync<T>(activity, input, retry)).OrThrow();

    private async Task<Answer<T>> AskAsync<T>(string activity, object input, RetrySettings retry)
    {
        try
        {
            return new Answer<T>(await _context.CallActivityAsync<T>(activity, input, StepRetry.Options(activity, retry, _log.Await, _log.Attempt)));
        }
        catch (TaskFailedException failed)
        {
            return new Answer<T>(StepFailure.Of(activity, failed.FailureDetails));
        }
    }

    /// <summary>What an activity answers, or why there is none: thrown once, where the saga turns, since each await on the way would throw again.</summary>
    private readonly record struct Answer<T>(T? Result, StepFailure? Failure)
    {
        public Answer(T result)
            : this(result, Failure: null)
        {
        }

        public Answer(StepFailure failure)
            : this(default, failure)
        {
        }

        public T OrThrow() => Failure is null ? Result! : throw new StepFailedException(Failure);
    }
}
