using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using OrderSagaFunctions.Notifications;

namespace OrderSagaFunctions.Saga;

/// <summary>
/// One run of a saga inside its orchestrator: does steps, remembers how to undo them, and keeps the story. Everything here
/// replays, so it may use nothing but the context and its input.
/// </summary>
internal sealed class SagaRun(TaskOrchestrationContext context, string orderId, int generation, SagaSettings settings)
{
    private readonly SagaLog _log = new(context);
    private readonly Stack<Undo> _undos = new();

    /// <summary>The orchestration's clock.</summary>
    public DateTimeOffset Now => _log.Now;

    /// <summary>Does a step.</summary>
    /// <exception cref="StepFailedException">It was refused, or its attempts have run out.</exception>
    public Task DoAsync(SagaStep step, object input)
    {
        // Remembered before it acts: a step that fails may have acted all the same.
        if (step.Compensation is { } compensation)
        {
            _undos.Push(new Undo(compensation, input));
        }

        return InStateAsync(step.Name, async () =>
        {
            var result = await CallAsync<StepResult>(step.Name, input);
            return result.Refusal is null ? result : throw new StepFailedException(step.Name, result.Refusal);
        });
    }

    /// <summary>Enters a state, runs its work and writes down how that ended.</summary>
    /// <exception cref="StepFailedException">The work failed so.</exception>
    public async Task<T> InStateAsync<T>(string state, Func<Task<T>> work)
    {
        _log.Enter(state);
        try
        {
            var result = await work();
            _log.Leave(StepOutcome.Succeeded);
            return result;
        }
        catch (StepFailedException failure)
        {
            _log.Leave(failure.Outcome, failure.Error);
            throw;
        }
    }

    /// <summary>Calls an activity of a forward step, with the step's retries.</summary>
    /// <exception cref="StepFailedException">Its attempts have run out.</exception>
    public Task<T> CallAsync<T>(string activity, object input) => CallAsync<T>(activity, input, settings.ForStep(activity));

    /// <summary>Says why the saga goes backward, where it is anybody's business but the customer's.</summary>
    public void TurnBack(StepFailedException failure)
    {
        if (failure.Outcome == StepOutcome.Failed)
        {
            Logger.LogWarning("Order {OrderId} goes backward: {Failure}", orderId, failure.Message);
        }
    }

    /// <summary>Takes what has to be undone next: the last first, the failed step's own before the others.</summary>
    public bool TryTakeUndo([NotNullWhen(true)] out Undo? undo) => _undos.TryPop(out undo);

    /// <summary>Runs a compensation. One that fails for good is told about and left as an incident.</summary>
    /// <returns>Whether it is done.</returns>
    public async Task<bool> CompensateAsync(Undo undo)
    {
        var name = undo.Compensation.Name;
        if (await TryInStateAsync(name, undo.Input) is not { } error)
        {
            return true;
        }

        await TellAsync(undo.Compensation.FailureNotice, SagaOutcome.Failed, $"{name}: {error}");
        await OpenIncidentsAsync([_log.Open(name, generation, error)]);
        return false;
    }

    /// <summary>Leaves every compensation that has not run as an incident, and nothing more to undo.</summary>
    public async Task LeaveRestUndoneAsync()
    {
        var left = _undos.Select(undo => _log.Open(
            undo.Compensation.Name, generation, "Not run: the compensation of a later step failed, and the policy is Stop.")).ToList();
        _undos.Clear();
        if (left.Count > 0)
        {
            await OpenIncidentsAsync(left);
        }
    }

    /// <summary>Sends a notification. One that cannot be sent is logged; it changes nothing about the order.</summary>
    public Task TellAsync(string notification, SagaOutcome outcome, string? error = null) =>
        TryInStateAsync(notification, new Notice(orderId, generation, outcome, error));

    /// <summary>Ends the story and stores it with the order, so that it outlives the instance.</summary>
    public Task EndAsync(string state, SagaOutcome outcome) =>
        TryCallAsync(OrderActivities.StoreReport, new ReportToStore(orderId, generation, _log.End(state, outcome)));

    private ILogger Logger => context.CreateReplaySafeLogger<SagaRun>();

    // Where even this fails, the incidents are still in the report.
    private async Task OpenIncidentsAsync(IReadOnlyList<Incident> incidents) =>
        await TryCallAsync(OrderActivities.OpenIncidents, new IncidentsToOpen(orderId, incidents));

    private async Task<string?> TryInStateAsync(string state, object input)
    {
        _log.Enter(state);
        var failure = await TryCallAsync(state, input);
        _log.Leave(failure?.Outcome ?? StepOutcome.Succeeded, failure?.Error);
        return failure?.Error;
    }

    private async Task<StepFailedException?> TryCallAsync(string activity, object input)
    {
        try
        {
            var result = await CallAsync<StepResult>(activity, input, settings.ForCompensation(activity));
            return result.Refusal is null ? null : new StepFailedException(activity, result.Refusal);
        }
        catch (StepFailedException failure)
        {
            Logger.LogError("Order {OrderId}: {Failure}", orderId, failure.Message);
            return failure;
        }
    }

    private async Task<T> CallAsync<T>(string activity, object input, RetrySettings retry)
    {
        try
        {
            return await context.CallActivityAsync<T>(activity, input, StepRetry.Options(activity, retry, _log.Attempt));
        }
        catch (TaskFailedException failure)
        {
            throw new StepFailedException(activity, failure.FailureDetails);
        }
    }
}
