namespace OrderSagaFunctions.Saga;

/// <summary>A step done by child sagas, and what became of each.</summary>
internal sealed class FanOut(IReadOnlyList<ChildSaga> children)
{
    public IReadOnlyList<ChildSaga> Children { get; } = children;

    /// <summary>What each child returned, by scope; null where it was stopped from outside, nothing where it was not started by this saga.</summary>
    public Dictionary<string, ChildResult?> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has a child.</summary>
    public bool Has(ChildSaga child) => Children.Any(other => other.Scope == child.Scope);

    /// <summary>Whether somebody cancelled while a child waited for an operator.</summary>
    public bool IsCancelled => Results.Values.Any(static result => result?.Outcome == SagaOutcome.Cancelled);

    /// <summary>Whether a child has something to undo: one that stopped by itself has compensated itself.</summary>
    public bool HasToBeUndone(ChildSaga child) => Results.GetValueOrDefault(child.Scope) is null or { Outcome: SagaOutcome.Succeeded };

    /// <summary>Why a child did not succeed, or null where it did.</summary>
    public StepFailure? FailureOf(ChildSaga child, string step) => Results[child.Scope] switch
    {
        null => new StepFailure(step, StepOutcome.Failed, $"{child.Scope}: stopped from outside", $"{step} at {child.Scope} was stopped from outside."),
        { Failure: { } failure } => failure with { Step = step, Error = $"{child.Scope}: {failure.Error}", Message = $"{step} at {child.Scope}: {failure.Message}" },
        _ => null,
    };
}
