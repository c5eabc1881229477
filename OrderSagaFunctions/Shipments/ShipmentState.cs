namespace OrderSagaFunctions.Shipments;

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
