using System.Text.Json;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Incidents;

/// <summary>What a compensation is run again with.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="IncidentId">The incident that it closes.</param>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">Its input, as the saga had it.</param>
/// <param name="Retry">How it is tried.</param>
public sealed record RedriveInput(string OrderId, string IncidentId, string Compensation, JsonElement Input, RetrySettings Retry);
