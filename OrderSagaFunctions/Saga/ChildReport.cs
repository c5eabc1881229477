namespace OrderSagaFunctions.Saga;

/// <summary>The story of a child saga, as its parent tells it.</summary>
/// <param name="Scope">Which part of the parent's step it did, such as a fulfilment location.</param>
/// <param name="InstanceId">The orchestration instance, where the host still knows it.</param>
/// <param name="Outcome">How it ended; null while it runs, and where it was stopped from outside.</param>
/// <param name="Steps">What happened in each of its states, those of its compensation later on included.</param>
public sealed record ChildReport(string Scope, string InstanceId, SagaOutcome? Outcome, IReadOnlyList<StepReport> Steps)
{
    /// <summary>The orchestration instance that undoes what it has done, while that runs.</summary>
    public string? CompensatedBy { get; init; }
}
