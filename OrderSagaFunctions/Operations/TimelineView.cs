using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>All that happened to an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Entries">What happened, in the order of time.</param>
public sealed record TimelineView(string OrderId, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>The rows because of which something is left out; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
