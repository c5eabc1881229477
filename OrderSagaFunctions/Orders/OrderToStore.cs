namespace OrderSagaFunctions.Orders;

/// <summary>The input of ProcessOrder and of its compensation UpdateOrderStatus.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga that stores it.</param>
/// <param name="Generation">Which saga of the order that is.</param>
public sealed record OrderToStore(Order Order, string InstanceId, int Generation)
{
    /// <summary>When that saga began; null where that does not matter.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
