using System.Text.Json.Serialization;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Shipments;

/// <summary>A shipment of an order from one location.</summary>
/// <param name="Location">Where it goes from.</param>
/// <param name="Generation">Which saga of the order booked it.</param>
/// <param name="ShipmentId">The id, the same however often it was booked.</param>
/// <param name="State">What became of it.</param>
/// <param name="Items">What is in it.</param>
/// <param name="BookedAt">Since when it is booked, where it ever was.</param>
/// <param name="CancelledAt">When it was cancelled, where it was.</param>
public sealed record Shipment(
    string Location,
    int Generation,
    string ShipmentId,
    ShipmentState State,
    IReadOnlyList<TransactionItem> Items,
    DateTimeOffset? BookedAt,
    DateTimeOffset? CancelledAt)
{
    /// <summary>When it last changed, by the store's own clock.</summary>
    [JsonIgnore]
    public DateTimeOffset WrittenAt { get; init; }
}

/// <summary>What became of a shipment.</summary>
public enum ShipmentState
{
    /// <summary>It is booked.</summary>
    Booked,

    /// <summary>It was booked, and was cancelled.</summary>
    Cancelled,

    /// <summary>It was never booked and never will be: the cancellation came first.</summary>
    Tombstone,
}
