namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaActivities.OpenIncidents"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Incidents">What is left undone.</param>
public sealed record IncidentsToOpen(string OrderId, IReadOnlyList<IncidentToOpen> Incidents);
