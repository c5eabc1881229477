using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>What ProcessOrder answers.</summary>
/// <param name="Refusal">Why it was refused, or null where the order is stored.</param>
/// <param name="Plan">The locations that the order comes from, where that is more than one.</param>
public sealed record OrderStored(Refusal? Refusal = null, IReadOnlyList<LocationPlan>? Plan = null) : StepResult(Refusal)
{
    /// <summary>Whether an earlier run of the same saga had stored it, so that any step may have acted.</summary>
    public bool IsTakenOver { get; init; }
}
