namespace Sagas;

/// <summary>Holds a run against its saga's declaration: the steps that it takes are those, in that order.</summary>
internal sealed class StepOrder(SagaDefinition saga)
{
    private int _at = -1;
    private bool _hasPassedPivot;

    /// <summary>The run takes a step: the one that it is at, or the next, past those that are optional.</summary>
    /// <exception cref="InvalidOperationException">The declaration has no such step there.</exception>
    public void Next(SagaStep step)
    {
        if (step.Kind == StepKind.Pivot)
        {
            throw new InvalidOperationException(
                $"The saga '{saga.Name}' does its pivot '{step.Name}' like another step: pass it with {nameof(SagaRun.CommitAsync)}.");
        }

        MoveTo(step);
    }

    /// <summary>The run passes the pivot.</summary>
    /// <inheritdoc cref="Next" path="/exception" />
    public void Pass(SagaStep pivot)
    {
        if (pivot.Kind != StepKind.Pivot || _hasPassedPivot)
        {
            var pivots = string.Join(", ", saga.Steps.Where(static step => step.Kind == StepKind.Pivot).Select(static step => $"'{step.Name}'"));
            throw new InvalidOperationException(
                $"The saga '{saga.Name}' commits at '{pivot.Name}': expected its pivot, {(pivots.Length == 0 ? "of which it declares none" : pivots)}, once.");
        }

        MoveTo(pivot);
        _hasPassedPivot = true;
    }

    /// <summary>The run ends well.</summary>
    /// <exception cref="InvalidOperationException">It has left out a step that is not optional.</exception>
    public void End()
    {
        if (FindMissing(saga.Steps.Count) is { } missing)
        {
            throw new InvalidOperationException(
                $"The saga '{saga.Name}' ends without its step '{missing.Name}': expected each step that is not optional to be done, or a {nameof(StepFailedException)}.");
        }
    }

    private void MoveTo(SagaStep step)
    {
        var to = IndexOf(step);
        if (to < 0)
        {
            throw new InvalidOperationException(
                $"The saga '{saga.Name}' takes the step '{step.Name}', which it does not declare. It declares {string.Join(", ", saga.Steps.Select(static declared => declared.Name))}.");
        }

        var missing = FindMissing(to);
        if (to < _at || missing is not null)
        {
            var found = to < _at ? $"after '{saga.Steps[_at].Name}'" : $"before '{missing!.Name}'";
            throw new InvalidOperationException($"The saga '{saga.Name}' takes the step '{step.Name}' {found}: expected the order in which it declares them.");
        }

        _at = to;
    }

    // Loops: each replay of a saga takes all its steps once more.
    private int IndexOf(SagaStep step)
    {
        for (var i = 0; i < saga.Steps.Count; i++)
        {
            if (saga.Steps[i].Name == step.Name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first step before another that the run may not leave out, and has not taken.</summary>
    private SagaStep? FindMissing(int before)
    {
        for (var i = _at + 1; i < before; i++)
        {
            if (!saga.Steps[i].IsOptional)
            {
                return saga.Steps[i];
            }
        }

        return null;
    }
}
