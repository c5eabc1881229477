using Microsoft.Extensions.Logging;

namespace Sagas;

/// <content>What operators decide: they are woken by events, and what counts is what stands at the gate then.</content>
public sealed partial class SagaRun
{
    /// <summary>The event that wakes a saga which somebody wants to cancel.</summary>
    public const string CancelEvent = "Cancel";

    /// <summary>The event that wakes a parked saga.</summary>
    public const string OperatorEvent = "Operator";

    private readonly EventWaiter _cancel;
    private readonly EventWaiter _operator;
    private bool _isCancelled;
    private int _parks;

    /// <summary>Ends when somebody asks for a cancel; whether it is one, <see cref="TurnBackIfCancelledAsync"/> finds out.</summary>
    public Task CancelAsked => _cancel.Next;

    /// <summary>Goes backward where the saga was cancelled. Cooperative: it is asked between the steps, and in each wait.</summary>
    /// <exception cref="StepFailedException">It was.</exception>
    public async Task TurnBackIfCancelledAsync(string state)
    {
        if (!_isCancelled && _cancel.Next.IsCompleted)
        {
            _ = await ConfirmCancelAsync();
        }

        if (_isCancelled)
        {
            throw new StepFailedException(state, Refusal.Cancelled);
        }
    }

    /// <summary>
    /// Waits for a person to let the saga go on. Events and the deadline only wake the saga: who has decided is what the gates'
    /// rows say.
    /// </summary>
    /// <param name="step">The step, with the activities <see cref="SagaActivities.RequestReview"/> and <see cref="SagaActivities.DecideReview"/>.</param>
    /// <param name="flags">Why a person should look at it.</param>
    /// <exception cref="StepFailedException">It was rejected, nobody decided in time, or the saga was cancelled.</exception>
    /// <inheritdoc cref="DoAsync(SagaStep, object)" path="/exception[@cref='T:System.InvalidOperationException']" />
    public Task<ReviewVerdict> ReviewAsync(SagaStep step, IReadOnlyList<ReviewFlag> flags)
    {
        var request = new ReviewRequest(_key, _generation, flags, Now + _settings.ReviewTimeout);
        var answer = new EventWaiter(_context, ReviewDecision.EventName);
        return InStateAsync(step, async () =>
        {
            var verdict = await CallAsync<ReviewVerdict>(step, SagaActivities.RequestReview, request);
            using var deadline = new DurableDeadline(_context, request.Deadline);
            while (!verdict.Decided)
            {
                await Task.WhenAny(answer.Next, deadline.Passed, CancelAsked);
                await TurnBackIfCancelledAsync(step.Name);
                if (answer.Next.IsCompleted || deadline.Passed.IsCompleted)
                {
                    var said = answer.Next.IsCompleted ? ReviewAnswer.Read(await answer.TakeAsync()) : null;
                    var bid = new ReviewBid(_key, _generation, deadline.Passed.IsCompleted && said is null, said);
                    verdict = await CallAsync<ReviewVerdict>(step, SagaActivities.DecideReview, bid);
                }
            }

            return verdict.Refusal is null ? verdict : throw new StepFailedException(step.Name, verdict.Refusal);
        });
    }

    /// <summary>Goes backward from the first step, which is not done: the saga was cancelled before this run of it began.</summary>
    /// <exception cref="StepFailedException">Always.</exception>
    public void TurnBack(SagaStep first)
    {
        _isCancelled = true;
        var cancelled = new StepFailedException(first.Name, Refusal.Cancelled);
        _log.Enter(first.Name);
        _log.Leave(cancelled.Failure.Outcome, cancelled.Failure.Error);
        throw cancelled;
    }

    // The pivot has failed for good, and nobody knows whether it got through. Whoever was told meanwhile that the saga is
    // cancelled holds its gate; where nobody does, nobody shall any more.
    private async Task<bool> IsCancelledAtThePivotAsync()
    {
        try
        {
            return (await AtGateAsync<CancelVerdict>(SagaActivities.SettlePivot, new CancelBid(_key, _generation))).IsCancelled;
        }
        catch (StepFailedException unknown)
        {
            Logger().LogError("Saga {Key} goes on as not cancelled: {Failure}", _key, unknown.Message);
            return false;
        }
    }

    private async Task<bool> IsToBeRetriedAsync(SagaStep step, string error)
    {
        if ((step.OnExhausted ?? _settings.OnStepExhausted) != ExhaustedPolicy.Park)
        {
            return false;
        }

        var decision = await ParkAsync(step.Name, error, Now + _settings.ParkTimeout);
        if (decision == ParkDecision.Cancel)
        {
            _ = await ConfirmCancelAsync();
        }

        return decision == ParkDecision.Retry;
    }

    // Anyone may raise the event: whether the saga is cancelled, its gate says.
    private async Task<CancelVerdict> ConfirmCancelAsync()
    {
        if (_cancel.Next.IsCompleted)
        {
            _ = _cancel.TakeAsync();
        }

        var verdict = await AtGateAsync<CancelVerdict>(SagaActivities.ConfirmCancel, new CancelBid(_key, _generation));
        _isCancelled = verdict.IsCancelled;
        return verdict;
    }

    private async Task<ParkDecision> ParkAsync(string state, string error, DateTimeOffset? deadline, int? undo = null)
    {
        var task = new ParkTask(_key, _generation, ++_parks, state, error, deadline) { Scope = _scope, InstanceId = _context.InstanceId, Undo = undo };
        _log.Park(new ParkedState(state, error, Now, deadline) { Scope = _scope });
        try
        {
            return await DecisionAsync(task);
        }
        finally
        {
            _log.Unpark();
        }
    }

    private async Task<ParkDecision> DecisionAsync(ParkTask task)
    {
        var verdict = await AtGateAsync<ParkVerdict>(SagaActivities.Park, task);
        using var end = new DurableDeadline(_context, task.Deadline);
        while (verdict.Decision is null)
        {
            // A compensation is not cancelled: it is the way backward already.
            Task[] wakers = task.Deadline is null ? [_operator.Next] : [_operator.Next, _cancel.Next, end.Passed];
            await Task.WhenAny(wakers);
            verdict = await AtGateAsync<ParkVerdict>(SagaActivities.DecidePark, new ParkBid(_key, _generation, task.Number, Bid(task.Deadline, end)) { Scope = _scope });
        }

        return verdict.Decision.Value;
    }

    private ParkDecision? Bid(DateTimeOffset? deadline, DurableDeadline end)
    {
        if (_operator.Next.IsCompleted)
        {
            // Whoever raised it has entered the decision first; a raw event decides nothing.
            _ = _operator.TakeAsync();
            return null;
        }

        return deadline is not null && _cancel.Next.IsCompleted ? ParkDecision.Cancel
            : end.Passed.IsCompleted ? ParkDecision.Overdue
            : null;
    }

    private Task<T> AtGateAsync<T>(string activity, object input) => CallAsync<T>(activity, input, _settings.ForFinal(activity));
}
