namespace OrderSagaFunctions.Audit;

/// <summary>What has to hold of every saga that has ended, and of every item in stock.</summary>
public enum AuditRule
{
    /// <summary>Debits less credits are the order's total where it succeeded, and nothing where it failed and the refund was not left as an incident.</summary>
    MoneyAddsUp,

    /// <summary>An order that succeeded holds the stock of each of its lines; one that failed holds none, unless the release was left as an incident.</summary>
    StockIsHeldOrGivenBack,

    /// <summary>An order from several locations that succeeded has a shipment from each; one that failed has none, unless cancelling it was left as an incident.</summary>
    ShipmentIsBookedOrCancelled,

    /// <summary>An order that succeeded is new; one that failed is pending, unless that was left as an incident.</summary>
    StatusFitsOutcome,

    /// <summary>A saga whose cancel was granted ended cancelled, one that passed its pivot succeeded, and no other one did either.</summary>
    GateFitsOutcome,

    /// <summary>No step acted after its compensation did, or left a tombstone.</summary>
    NothingAfterTombstone,

    /// <summary>Every compensation that is not known to be done has exactly one open incident, and nothing else has one.</summary>
    LeftoverHasOneIncident,

    /// <summary>Compensations ran in the reverse order of their steps.</summary>
    CompensatedInReverse,

    /// <summary>What is on hand and what is reserved of an item are together what was put in.</summary>
    StockAddsUp,

    /// <summary>What is reserved of an item is the sum of its orders' reservations.</summary>
    ReservationsAddUp,

    /// <summary>Every row can be read; to an order or an item with one that cannot, no other rule was applied.</summary>
    RowsAreReadable,
}
