namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaActivities.CloseIncident"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Reason">How it was dealt with.</param>
public sealed record IncidentToClose(string Key, string IncidentId, string Reason);
