using OrderSagaFunctions.Incidents;

namespace OrderSagaFunctions.Operations;

/// <summary>A page of incidents, by order and id.</summary>
/// <param name="Incidents">The incidents.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
public sealed record IncidentPage(IReadOnlyList<QueuedIncident> Incidents, string? ContinuationToken);
