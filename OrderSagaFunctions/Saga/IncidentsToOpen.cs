namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="OrderActivities.OpenIncidents"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Incidents">What is left undone.</param>
public sealed record IncidentsToOpen(string OrderId, IReadOnlyList<Incident> Incidents);
