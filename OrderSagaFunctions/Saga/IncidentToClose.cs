namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaActivities.CloseIncident"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Reason">How it was dealt with.</param>
public sealed record IncidentToClose(string OrderId, string IncidentId, string Reason);
