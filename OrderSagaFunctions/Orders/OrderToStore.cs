using Sagas;

namespace OrderSagaFunctions.Orders;

/// <summary>The input of ProcessOrder and of its compensation UpdateOrderStatus.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga that stores it.</param>
/// <param name="Generation">Which saga of the order that is.</param>
public sealed record OrderToStore(Order Order, string InstanceId, int Generation) : ISagaInput
{
    SagaId ISagaInput.Saga => new(Order.OrderId, Generation);

    /// <summary>When that saga began; null where that does not matter.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>What ProcessOrder answers.</summary>
/// <param name="Refusal">Why it was refused, or null where the order is stored.</param>
/// <param name="Plan">The locations that the order comes from, where that is more than one.</param>
public sealed record OrderStored(Refusal? Refusal = null, IReadOnlyList<LocationPlan>? Plan = null) : StepResult(Refusal)
{
    /// <summary>Whether an earlier run of the same saga had stored it, so that any step may have acted.</summary>
    public bool IsTakenOver { get; init; }
}

/// <summary>The names of the activities that keep orders.</summary>
public static class OrderActivities
{
    /// <summary>Stores the order (T1).</summary>
    public const string ProcessOrder = "ProcessOrder";

    /// <summary>Sets the order back to pending (C1).</summary>
    public const string UpdateOrderStatus = "UpdateOrderStatus";

    /// <summary>Stores the saga's story with the order.</summary>
    public const string StoreReport = "StoreReport";
}
