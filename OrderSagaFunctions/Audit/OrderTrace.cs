using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Audit;

/// <summary>What the rows say of an order whose saga has ended.</summary>
/// <param name="Order">The order.</param>
/// <param name="Report">How its saga ended.</param>
/// <param name="Ledger">Its money.</param>
/// <param name="Reservations">Its stock.</param>
/// <param name="Shipments">Its shipments.</param>
/// <param name="Incidents">What was left undone.</param>
/// <param name="Gate">What holds its cancel gate; null where that is free.</param>
internal sealed record OrderTrace(
    StoredOrder Order,
    SagaReport Report,
    IReadOnlyList<LedgerRow> Ledger,
    IReadOnlyList<Reservation> Reservations,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<Incident> Incidents,
    GateHolder? Gate)
{
    /// <summary>Whether the saga succeeded.</summary>
    public bool Succeeded => Report.Outcome == SagaOutcome.Succeeded;

    /// <summary>
    /// The incidents of this saga's compensations: of the order's earlier sagas nothing was left when this one began, and a
    /// notification that was not delivered is no matter of the books.
    /// </summary>
    public IEnumerable<Incident> OwnIncidents => Incidents.Where(incident =>
        OrderSagas.IsCompensation(incident.Compensation)
        && !Enumerable.Range(1, Order.Generation - 1).Any(incident.IsOf));

    /// <summary>The incidents of a compensation of this saga, or of one of its children.</summary>
    public IEnumerable<Incident> IncidentsOf(string compensation, string? scope) =>
        OwnIncidents.Where(incident => incident.Compensation == compensation && incident.Scope == scope);

    /// <summary>
    /// Whether a compensation was left undone, or done by hand, so that the rows need not say what it should have done.
    /// </summary>
    public bool WasLeft(string compensation, string? scope = null) =>
        IncidentsOf(compensation, scope).Any(incident => incident.Status == IncidentStatus.Open || incident.ClosedBy is not null);

    /// <summary>Which child of the saga has to do with an item; null where it has none.</summary>
    public string? ScopeOf(string itemId) =>
        Report.Children is null ? null : Order.Plan?.FirstOrDefault(place => place.ItemIds.Contains(itemId, StringComparer.Ordinal))?.Location;

    /// <summary>A finding about this order.</summary>
    public AuditFinding Finding(AuditRule rule, string expected, string found, string? itemId = null) =>
        new(rule, Order.OrderId, itemId, expected, found);
}
