using System.Text.Json.Serialization;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Inventory;

/// <summary>The input of ReserveInventory and BookShipment, and of their compensations ReleaseInventory and CancelShipment.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Lines">The stock it takes, each item once.</param>
public sealed record StockRequest(string OrderId, int Generation, IReadOnlyList<StockLine> Lines) : ISagaInput
{
    SagaId ISagaInput.Saga => new(OrderId, Generation, Location);

    /// <summary>Where the stock is, where the order comes from several locations; else null.</summary>
    public string? Location { get; init; }

    /// <summary>The scope of the ids of what is done with it.</summary>
    [JsonIgnore]
    public string Scope => Location ?? string.Empty;

    /// <summary>The stock an order takes: an item on two of its lines is taken once, in one piece.</summary>
    public static StockRequest Of(string orderId, int generation, IEnumerable<OrderLine> lines) => new(
        orderId,
        generation,
        [.. lines
            .GroupBy(line => line.ItemId, StringComparer.Ordinal)
            .Select(item => new StockLine(item.Key, item.Sum(line => line.Quantity)))]);

    /// <summary>The stock an order takes at one of several locations.</summary>
    public static StockRequest Of(string orderId, int generation, IEnumerable<OrderLine> lines, LocationPlan place) =>
        Of(orderId, generation, lines.Where(line => place.ItemIds.Contains(line.ItemId, StringComparer.Ordinal))) with { Location = place.Location };
}

/// <summary>The stock of one item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record StockLine(string ItemId, long Quantity);
