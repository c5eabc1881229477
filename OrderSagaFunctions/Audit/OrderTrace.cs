using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Audit;

/// <summary>What the rows say of an order whose saga has ended.</summary>
/// <param name="Order">The order.</param>
/// <param name="Report">How its saga ended.</param>
/// <param name="Ledger">Its money.</param>
/// <param name="Reservations">Its stock.</param>
/// <param name="Incidents">What was left undone.</param>
internal sealed record OrderTrace(
    StoredOrder Order,
    SagaReport Report,
    IReadOnlyList<LedgerRow> Ledger,
    IReadOnlyList<Reservation> Reservations,
    IReadOnlyList<Incident> Incidents)
{
    /// <summary>Whether the saga succeeded.</summary>
    public bool Succeeded => Report.Outcome == SagaOutcome.Succeeded;

    /// <summary>How many incidents of a compensation are open.</summary>
    public int OpenIncidents(string compensation) =>
        Incidents.Count(incident => incident.Compensation == compensation && incident.Status == Incident.Open);

    /// <summary>Whether a compensation was left undone, so that nothing can be said of what it should have done.</summary>
    public bool WasLeft(string compensation) => OpenIncidents(compensation) > 0;

    /// <summary>A finding about this order.</summary>
    public AuditFinding Finding(AuditRule rule, string expected, string found, string? itemId = null) =>
        new(rule, Order.OrderId, itemId, expected, found);
}
