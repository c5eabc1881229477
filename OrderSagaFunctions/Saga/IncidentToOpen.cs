using System.Text.Json;

namespace OrderSagaFunctions.Saga;

/// <summary>An incident, with what its compensation needs to be run again.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Input">The compensation's input.</param>
public sealed record IncidentToOpen(Incident Incident, JsonElement Input);
