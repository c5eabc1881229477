using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>A child saga as the API shows it.</summary>
/// <param name="Scope">Which part of the order it does, such as what comes from one fulfilment location.</param>
/// <param name="InstanceId">The orchestration instance, where the host still knows it.</param>
/// <param name="Outcome">How it ended; null while it runs, and where it was stopped from outside.</param>
/// <param name="Steps">What happened in each of its states, those of its compensation later on included.</param>
/// <param name="CompensatedBy">The orchestration instance that undoes what it has done, while that runs.</param>
/// <param name="Parked">Where it waits for an operator, while it does.</param>
public sealed record ChildView(
    string Scope, string InstanceId, SagaOutcome? Outcome, IReadOnlyList<StepReport> Steps, string? CompensatedBy, ParkedState? Parked)
{
    /// <summary>Shows a child, whose wait only its own rows know.</summary>
    public static ChildView Of(ChildReport child, ParkedState? waiting) =>
        new(child.Scope, child.InstanceId, child.Outcome, child.Steps, child.CompensatedBy, waiting);
}
