using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>A page of incidents, by order and id.</summary>
/// <param name="Incidents">The incidents.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The incidents that cannot be read; null where there are none.</param>
public sealed record IncidentPage(IReadOnlyList<QueuedIncident> Incidents, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);
