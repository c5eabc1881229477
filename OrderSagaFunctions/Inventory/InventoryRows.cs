using Azure.Data.Tables;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>
/// The rows of the Inventory table. An item's partition holds its stock (row <c>stock</c>) and what each order has reserved
/// of it (row <c>order-{id}-{generation}</c>), so that both change in one transaction.
/// </summary>
internal static class InventoryRows
{
    public const string StockKey = "stock";

    public static string ReservationKey(string orderId, int generation) => $"order-{orderId}-{generation}";

    public static TableEntity Stock(string itemId, long onHand, long reserved) => new(itemId, StockKey)
    {
        ["OnHand"] = onHand,
        ["Reserved"] = reserved,
    };

    public static string Location(TableEntity stock) => stock.GetString("Location") ?? Locations.Default;

    public static long PutIn(TableEntity stock) => stock.GetInt64("PutIn") ?? 0;

    /// <summary>The stock row after somebody has counted: what was put in is what there is now, wherever it is.</summary>
    public static TableEntity Counted(string itemId, long onHand, long reserved, string? location)
    {
        var stock = Stock(itemId, onHand, reserved);
        stock["PutIn"] = onHand + reserved;
        stock["Location"] = location ?? Locations.Default;
        return stock;
    }

    public static long OnHand(TableEntity stock) => stock.GetInt64("OnHand") ?? 0;

    public static long Reserved(TableEntity stock) => stock.GetInt64("Reserved") ?? 0;

    /// <summary>The stock row after some pieces were reserved, or given back where negative.</summary>
    public static TableEntity Take(TableEntity stock, long quantity) =>
        Stock(stock.PartitionKey, OnHand(stock) - quantity, Reserved(stock) + quantity);

    public static TableEntity Reservation(string itemId, StockRequest request, ReservationState state, long quantity, DateTimeOffset at) =>
        new(itemId, ReservationKey(request.OrderId, request.Generation))
        {
            ["Location"] = request.Location,
            ["State"] = state.ToString(),
            ["Quantity"] = quantity,
            ["ReservedAt"] = at,
            ["ReserveId"] = EffectId.Of(request.OrderId, "Reserve", request.Generation, request.Scope).ToString(),
        };

    public static TableEntity Release(TableEntity reservation, StockRequest request, DateTimeOffset at) =>
        new(reservation.PartitionKey, reservation.RowKey)
        {
            ["State"] = nameof(ReservationState.Released),
            ["ReleasedAt"] = at,
            ["ReleaseId"] = EffectId.Of(request.OrderId, "Release", request.Generation, request.Scope).ToString(),
        };

    public static long Quantity(TableEntity reservation) => reservation.WholeLong("Quantity");

    public static ReservationState State(TableEntity reservation) => reservation.Choice<ReservationState>("State");
}

/// <summary>What an order has or had of an item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="State">What became of it.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="WrittenAt">When it last changed, by the store's own clock.</param>
internal sealed record Reservation(string ItemId, ReservationState State, long Quantity, DateTimeOffset WrittenAt);

/// <summary>What became of an order's reservation of one item.</summary>
internal enum ReservationState
{
    /// <summary>The stock is held for the order.</summary>
    Reserved,

    /// <summary>It was held, and was given back.</summary>
    Released,

    /// <summary>It was never held and never will be: the release came first.</summary>
    Tombstone,
}
