using Sagas.Storage;

namespace OrderSagaFunctions.Audit;

/// <summary>The answer of an audit.</summary>
/// <param name="Clean">Whether everything adds up.</param>
/// <param name="Orders">Orders accepted.</param>
/// <param name="Succeeded">Orders whose saga succeeded.</param>
/// <param name="Failed">Orders whose saga went backward.</param>
/// <param name="Running">Orders whose saga has not written its end; no rule was applied to them.</param>
/// <param name="Stopped">Orders whose saga was stopped before it did, as the reconciler has found; no rule was applied to them either.</param>
/// <param name="Unreadable">Orders with a row that cannot be read: each is a finding.</param>
/// <param name="OpenIncidents">What the ended and the stopped sagas left undone, all told.</param>
/// <param name="Items">Items in stock.</param>
/// <param name="ItemsInMotion">Items whose stock kept changing while it was counted; no rule was applied to them.</param>
/// <param name="FindingCount">How much does not add up.</param>
/// <param name="Findings">What that is: the first thousand.</param>
public sealed record AuditReport(
    bool Clean,
    int Orders,
    int Succeeded,
    int Failed,
    int Running,
    int Stopped,
    int Unreadable,
    int OpenIncidents,
    int Items,
    int ItemsInMotion,
    int FindingCount,
    IReadOnlyList<AuditFinding> Findings);

/// <summary>Something that does not add up.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="OrderId">The order, where the rule is about one.</param>
/// <param name="ItemId">The item, where the rule is about stock.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="Found">What the rows say.</param>
public sealed record AuditFinding(AuditRule Rule, string? OrderId, string? ItemId, string Expected, string Found)
{
    /// <summary>A row that cannot be read.</summary>
    internal static AuditFinding Of(UnreadableRow row, string? orderId, string? itemId) => new(
        AuditRule.RowsAreReadable, orderId, itemId, $"row '{row.Row}' of '{row.Partition}' can be read", $"{row.Property} is {row.Problem}");
}

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

    /// <summary>The index of open orders has each order whose saga has not ended and no other one, and its counts by outcome are those of the orders.</summary>
    IndexAddsUp,

    /// <summary>Every row can be read; to an order or an item with one that cannot, no other rule was applied.</summary>
    RowsAreReadable,
}
