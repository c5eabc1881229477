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

/// <summary>Something an order has moved, as its rows say.</summary>
/// <param name="Type">What was moved.</param>
/// <param name="TransactionId">The id, the same however often the activity ran.</param>
/// <param name="At">When.</param>
public sealed record OrderTransaction(TransactionType Type, string TransactionId, DateTimeOffset At)
{
    /// <summary>How much money, in major units, where it was money.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The ISO 4217 code, where it was money.</summary>
    public string? Currency { get; init; }

    /// <summary>Where the stock is, where the order comes from several locations.</summary>
    public string? Location { get; init; }

    /// <summary>Which stock, where it was stock.</summary>
    public IReadOnlyList<TransactionItem>? Items { get; init; }
}

/// <summary>The stock of one item that a transaction moved.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record TransactionItem(string ItemId, long Quantity);

/// <summary>What a transaction moved.</summary>
public enum TransactionType
{
    /// <summary>Money from the customer.</summary>
    Debit,

    /// <summary>Stock for the order.</summary>
    Reserve,

    /// <summary>Stock back from the order.</summary>
    Release,

    /// <summary>Money back to the customer.</summary>
    Credit,
}
