using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Operations;

/// <summary>All that happened to an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Entries">What happened, in the order of time.</param>
public sealed record TimelineView(string OrderId, IReadOnlyList<TimelineEntry> Entries);
