using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Saga;

/// <summary>Keeps what failed compensations leave undone.</summary>
public sealed class IncidentFunctions(IncidentStore incidents, StepAttempt attempt, ILogger<IncidentFunctions> logger)
{
    /// <summary>Writes the incidents down; one that is there already stays as it is.</summary>
    [Function(OrderActivities.OpenIncidents)]
    public Task<StepResult> OpenAsync([ActivityTrigger] IncidentsToOpen input, CancellationToken cancellation) =>
        attempt.RunAsync(OrderActivities.OpenIncidents, input.OrderId, token => AddAsync(input, token), cancellation);

    private async Task<StepResult> AddAsync(IncidentsToOpen input, CancellationToken cancellation)
    {
        foreach (var incident in input.Incidents)
        {
            logger.LogWarning("Order {OrderId} is left with an incident: {Compensation} is not done", input.OrderId, incident.Compensation);
            await incidents.OpenAsync(input.OrderId, incident, cancellation);
        }

        return StepResult.Done;
    }
}
