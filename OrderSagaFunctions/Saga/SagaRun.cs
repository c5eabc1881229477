using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Saga;

/// <summary>
/// One run of a saga inside its orchestrator: does steps, remembers how to undo them, and keeps the story. Everything here
/// replays, so it may use nothing but the context and its input.
/// </summary>
internal sealed partial class SagaRun
{
    private readonly TaskOrchestrationContext _context;
    private readonly string _key;
    private readonly int _generation;
    private readonly string? _scope;
    private readonly SagaSettings _settings;
    private readonly SagaLog _log;
    private readonly Stack<Undo> _undos = new();
    private int _notices;

    /// <param name="context">The orchestration.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="generation">Which saga of that, counted from 1.</param>
    /// <param name="settings">What its decisions depend on.</param>
    /// <param name="scope">Which child it is of the saga that is about the same; null for that saga itself.</param>
    /// <param name="parks">How often that child has waited for an operator before.</param>
    public SagaRun(TaskOrchestrationContext context, string key, int generation, SagaSettings settings, string? scope = null, int parks = 0)
    {
        (_context, _key, _generation, _settings, _scope, _parks) = (context, key, generation, settings, scope, parks);
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
    public void TakeOver(IEnumerable<Undo> undos)
    {
        foreach (var undo in undos)
        {
            _undos.Push(undo);
        }
    }

    /// <summary>Does a step.</summary>
    /// <exception cref="StepFailedException">It was refused, its attempts have run out, or the saga was cancelled before it.</exception>
    public Task DoAsync(SagaStep step, object input) => DoAsync<StepResult>(step, input);

    /// <summary>Does a step that answers more than that it is done.</summary>
    /// <inheritdoc cref="DoAsync(SagaStep, object)" path="/exception" />
    public async Task<T> DoAsync<T>(SagaStep step, object input)
        where T : StepResult
    {
        await TurnBackIfCancelledAsync(step.Name);
        // Remembered before it acts: a step that fails may have acted all the same.
        if (step.Compensation is { } compensation && !_undos.Any(undo => undo.Compensation.Name == compensation.Name))
        {
            _undos.Push(new Undo(compensation, input));
        }

        return await InStateAsync(step, async () =>
        {
            var result = await CallAsync<T>(step, step.Activities[0], input);
            return result.Refusal is null ? result : throw new StepFailedException(step.Name, result.Refusal);
        });
    }

    /// <summary>Enters a step's state, runs its work and writes down how that ended.</summary>
    /// <exception cref="StepFailedException">The work failed so.</exception>
    public async Task<T> InStateAsync<T>(SagaStep step, Func<Task<T>> work)
    {
        _log.Enter(step.Name);
        while (true)
        {
            try
            {
                var result = await work();
                _log.Leave(StepOutcome.Succeeded);
                return result;
            }
            catch (StepFailedException failure)
            {
                _log.Leave(failure.Outcome, failure.Error);
                if (failure.Outcome != StepOutcome.Failed || !await IsToBeRetriedAsync(step, failure.Error))
                {
                    throw;
                }

                _log.Resume();
            }
        }
    }

    /// <summary>Calls an activity of a step, with the step's retries.</summary>
    /// <exception cref="StepFailedException">Its attempts have run out.</exception>
    public Task<T> CallAsync<T>(SagaStep step, string activity, object input) => CallAsync<T>(activity, input, _settings.ForStep(step, activity));

    /// <summary>Sends a notification. One that cannot be sent is logged; it changes nothing about the saga.</summary>
    private Task<string?> TellAsync(string notification, SagaOutcome outcome, string? error = null) =>
        TryInStateAsync(
            notification, new SagaNotice(_key, _generation, outcome, error) { Scope = _scope, Number = ++_notices }, _settings.ForFinal(notification));

    /// <summary>
    /// Passes the pivot. A technical failure does not fail the saga any more: everything is done, and only that this was told
    /// is not known.
    /// </summary>
    /// <exception cref="StepFailedException">The saga was cancelled first.</exception>
    public async Task CommitAsync(SagaStep pivot)
    {
        await TurnBackIfCancelledAsync(pivot.Name);
        _log.Enter(pivot.Name);
        var promise = new SagaNotice(_key, _generation, SagaOutcome.Succeeded, Error: null) { Number = ++_notices };
        var failure = await TryCallAsync(pivot.Activities[0], promise, _settings.ForStep(pivot, pivot.Activities[0]));
        _log.Leave(failure?.Outcome ?? StepOutcome.Succeeded, failure?.Error);
        if (failure is { Outcome: StepOutcome.Refused })
        {
            _isCancelled = true;
            throw failure;
        }

        if (failure is not null)
        {
            await TurnBackIfCancelledMeanwhileAsync(pivot.Name);
        }
    }

    /// <summary>Ends the story and stores it, so that it outlives the instance.</summary>
    public Task EndAsync(SagaDefinition definition, SagaOutcome outcome) => TryCallFinalAsync(
        SagaActivities.StoreReport, new ReportToStore(_key, _generation, _log.End(definition.EndOf(outcome), outcome)));

    private ILogger Logger => _context.CreateReplaySafeLogger<SagaRun>();

    /// <summary>Null where it is done, else why not.</summary>
    private async Task<string?> TryInStateAsync(string state, object input, RetrySettings retry)
    {
        _log.Enter(state);
        var failure = await TryCallAsync(state, input, retry);
        _log.Leave(failure?.Outcome ?? StepOutcome.Succeeded, failure?.Error);
        return failure?.Error;
    }

    private Task<StepFailedException?> TryCallFinalAsync(string activity, object input) =>
        TryCallAsync(activity, input, _settings.ForFinal(activity));

    private async Task<StepFailedException?> TryCallAsync(string activity, object input, RetrySettings retry)
    {
        try
        {
            var result = await CallAsync<StepResult>(activity, input, retry);
            return result.Refusal is null ? null : new StepFailedException(activity, result.Refusal);
        }
        catch (StepFailedException failure)
        {
            Logger.LogError("Saga {Key}: {Failure}", _key, failure.Message);
            return failure;
        }
    }

    private async Task<T> CallAsync<T>(string activity, object input, RetrySettings retry)
    {
        try
        {
            return await _context.CallActivityAsync<T>(activity, input, StepRetry.Options(activity, retry, _log.Attempt));
        }
        catch (TaskFailedException failure)
        {
            throw new StepFailedException(activity, failure.FailureDetails);
        }
    }
}
