namespace OrderSagaFunctions.Inventory;

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
