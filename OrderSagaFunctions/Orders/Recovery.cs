namespace OrderSagaFunctions.Orders;

/// <summary>A saga that takes up an order after an earlier one of it failed.</summary>
/// <param name="Number">Which recovery of the order, counted from 1.</param>
/// <param name="InstanceId">The saga's instance.</param>
/// <param name="Generation">Which saga of the order: the earlier one's where nothing was undone, else the next.</param>
public sealed record Recovery(int Number, string InstanceId, int Generation);
