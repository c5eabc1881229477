namespace OrderSagaFunctions.Orders;

/// <summary>Which of an order's items come from one location.</summary>
/// <param name="Location">The location.</param>
/// <param name="ItemIds">The items.</param>
public sealed record LocationPlan(string Location, IReadOnlyList<string> ItemIds);
