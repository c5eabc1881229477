using System.Text.Json.Serialization;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Orders;

/// <summary>An order as the API shows it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="OrderDate">When the customer placed it, where known.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Total">What it costs.</param>
/// <param name="Items">What is ordered.</param>
/// <param name="Saga">Its saga.</param>
/// <param name="Review">Its review, or null where it needed none.</param>
/// <param name="Transactions">What it has moved, in the order of time.</param>
/// <param name="Decisions">What was decided about it and by whom, in the order of time.</param>
public sealed record OrderView(
    string OrderId,
    string CustomerId,
    OrderStatus Status,
    DateTimeOffset? OrderDate,
    DateTimeOffset AcceptedAt,
    MoneyView Total,
    IReadOnlyList<OrderItemView> Items,
    SagaView Saga,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReviewView? Review,
    IReadOnlyList<OrderTransaction> Transactions,
    IReadOnlyList<TimelineEntry> Decisions)
{
    /// <summary>Its shipments, where it comes from several locations.</summary>
    public IReadOnlyList<Shipment>? Shipments { get; init; }

    /// <summary>The rows because of which something is left out; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
