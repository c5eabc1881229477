using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Incidents;

/// <summary>An incident among those of all orders.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Incident">The incident.</param>
public sealed record QueuedIncident(string OrderId, Incident Incident);
