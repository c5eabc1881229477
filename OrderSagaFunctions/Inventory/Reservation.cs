namespace OrderSagaFunctions.Inventory;

/// <summary>What an order has or had of an item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="State">What became of it.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="WrittenAt">When it last changed, by the store's own clock.</param>
internal sealed record Reservation(string ItemId, ReservationState State, long Quantity, DateTimeOffset WrittenAt);
