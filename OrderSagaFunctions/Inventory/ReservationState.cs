namespace OrderSagaFunctions.Inventory;

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
