namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaActivities.OpenIncidents"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Incidents">What is left undone.</param>
public sealed record IncidentsToOpen(string Key, IReadOnlyList<IncidentToOpen> Incidents);
