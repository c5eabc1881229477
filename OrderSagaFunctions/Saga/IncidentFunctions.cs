using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Saga;

/// <summary>Keeps what failed compensations leave undone: one row an incident, keyed by order and incident.</summary>
public sealed class IncidentFunctions(TableServiceClient tables, StepAttempt attempt, ILogger<IncidentFunctions> logger)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Incidents);

    /// <summary>Writes the incidents down; one that is there already stays as it is.</summary>
    [Function(OrderActivities.OpenIncidents)]
    public Task<StepResult> OpenAsync([ActivityTrigger] IncidentsToOpen input, CancellationToken cancellation) =>
        attempt.RunAsync(OrderActivities.OpenIncidents, input.OrderId, token => AddAsync(input, token), cancellation);

    private async Task<StepResult> AddAsync(IncidentsToOpen input, CancellationToken cancellation)
    {
        foreach (var incident in input.Incidents)
        {
            logger.LogWarning("Order {OrderId} is left with an incident: {Compensation} is not done", input.OrderId, incident.Compensation);
            await _table.TryAddAsync(
                new TableEntity(input.OrderId, incident.Id)
                {
                    ["Compensation"] = incident.Compensation,
                    ["Error"] = incident.Error,
                    ["OpenedAt"] = incident.OpenedAt,
                    ["Status"] = incident.Status,
                },
                cancellation);
        }

        return StepResult.Done;
    }
}
