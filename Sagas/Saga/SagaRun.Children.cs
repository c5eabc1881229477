using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Sagas;

/// <content>Parallel sagas: a step that fans out into children, from the parent's side and from the child's.</content>
public sealed partial class SagaRun
{
    /// <summary>
    /// Does a step by child sagas at once, and waits until each has settled. One that does not succeed has compensated itself;
    /// the others are compensated, all at once, when the saga goes backward over this step.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="orchestrator">Who runs a child; it returns a <see cref="ChildResult"/>.</param>
    /// <param name="children">Its parts.</param>
    /// <exception cref="StepFailedException">A child did not succeed, or the saga was cancelled before.</exception>
    /// <exception cref="InvalidOperationException">
    /// The saga does not declare the step, or declares it elsewhere in its order; or two of its children have one scope.
    /// </exception>
    public async Task DoAllAsync(SagaStep step, string orchestrator, IReadOnlyList<ChildSaga> children)
    {
        _order?.Next(step);
        await TurnBackIfCancelledAsync(step.Name);
        var fanOut = Remember(step, children);
        _log.Enter(step.Name);
        await Task.WhenAll(children.Select(child => DoChildAsync(orchestrator, child, fanOut)));
        var stopped = children.Select(child => fanOut.FailureOf(child, step.Name)).FirstOrDefault(static failure => failure is not null);
        _log.Leave(stopped?.Outcome ?? StepOutcome.Succeeded, stopped?.Error);
        if (stopped is not null)
        {
            _isCancelled |= fanOut.IsCancelled;
            throw new StepFailedException(stopped);
        }
    }

    /// <summary>Ends a child, once its steps are done or undone.</summary>
    /// <returns>What it tells its parent. A child does not throw: its parent has to know what it completed and why it stopped.</returns>
    public async Task<ChildResult> EndChildAsync()
    {
        if (_failure is not null)
        {
            return await ResultAsync(BackwardOutcome) with { Failure = _failure };
        }

        _order?.End();
        return await ResultAsync(SagaOutcome.Succeeded);
    }

    /// <summary>Runs the compensations of a child that had done its part.</summary>
    internal async Task<ChildResult> UndoChildAsync(IReadOnlyList<StoredUndo> undos, SagaOutcome outcome)
    {
        foreach (var undo in undos)
        {
            Push(new Undo(undo.Compensation, undo.Input));
        }

        await UndoAllAsync();
        return await ResultAsync(outcome);
    }

    private FanOut Remember(SagaStep step, IReadOnlyList<ChildSaga> children)
    {
        var takenOver = _undos.Where(undo => undo.IsTakenOver && undo.Compensation.Name == step.Compensation!.Name)
            .Select(static undo => undo.Input).OfType<FanOut>().FirstOrDefault(earlier => children.All(earlier.Has));
        if (takenOver is not null)
        {
            return takenOver;
        }

        // What is told of a child, and decided about it, goes by its scope.
        var scopes = new HashSet<string>(StringComparer.Ordinal);
        if (children.FirstOrDefault(child => _log.HasChild(child.Scope) || !scopes.Add(child.Scope)) is { } twice)
        {
            throw new InvalidOperationException(
                $"{step.Name} fans out to a child at '{twice.Scope}', which the saga has already: expected another scope for each of its children.");
        }

        var fanOut = new FanOut(children);
        Push(new Undo(step.Compensation!, fanOut));
        return fanOut;
    }

    private async Task<ChildResult> ResultAsync(SagaOutcome outcome)
    {
        await OpenTheRestAsync();
        return _log.ToResult(outcome, _notices, _parks);
    }

    private async Task DoChildAsync(string orchestrator, ChildSaga child, FanOut fanOut)
    {
        var instanceId = _context.NewGuid().ToString("N");
        _log.Start(child.Scope, instanceId);
        var result = await CallChildAsync(orchestrator, child, child.Input, instanceId);
        fanOut.Results[child.Scope] = result;
    }

    /// <summary>Runs a child and takes over what it tells; null where it was stopped from outside, so that nobody knows what it did.</summary>
    private async Task<ChildResult?> CallChildAsync(string orchestrator, ChildSaga child, object input, string instanceId)
    {
        try
        {
            var result = await _context.CallSubOrchestratorAsync<ChildResult>(orchestrator, input, new SubOrchestrationOptions(instanceId: instanceId));
            _log.Settle(child.Scope, result);
            // What the parent tells from here on comes after whatever its children have told.
            _notices = Math.Max(_notices, result.Notices);
            return result;
        }
        catch (TaskFailedException failure)
        {
            // Not its details: on Azure those of a terminated child are null.
            Logger().LogError("Saga {Key}: its child at {Scope} was stopped from outside: {Error}", _key, child.Scope, failure.Message);
            return null;
        }
    }

    /// <summary>Null where nothing of the step is left.</summary>
    private async Task<string?> UndoChildrenAsync(Undo undo, FanOut fanOut)
    {
        _log.Enter(undo.Compensation.Name);
        await Task.WhenAll(fanOut.Children.Where(fanOut.HasToBeUndone).Select(UndoChildAsync));
        var error = _log.LeftIn(fanOut.Children.Select(static child => child.Scope));
        _log.Leave(error is null ? StepOutcome.Succeeded : StepOutcome.Failed, error);
        return error;

        async Task UndoChildAsync(ChildSaga child)
        {
            var parks = fanOut.Results.GetValueOrDefault(child.Scope)?.Parks ?? 0;
            var input = new ChildToCompensate(_key, _generation, child.Scope, BackwardOutcome, _settings, parks, [.. child.Undos.Select(static undo => new StoredUndo(undo.Compensation, AsJson(undo.Input)))]);
            var instanceId = _context.NewGuid().ToString("N");
            if (!fanOut.Results.ContainsKey(child.Scope))
            {
                _log.Start(child.Scope, instanceId);
            }
            else
            {
                _log.Compensate(child.Scope, instanceId);
            }

            var result = await CallChildAsync(nameof(CompensateChild), child, input, instanceId);
            _log.Compensate(child.Scope, instanceId: null);
            if (result is null)
            {
                // Stopped from outside as well: nobody knows how far it came, so all of it is somebody's to look at.
                _ = await OpenIncidentsAsync([.. child.UndosInReverse.Select(undo => LeaveUndone(undo, "Its compensation was stopped from outside."))]);
            }
        }
    }
}
