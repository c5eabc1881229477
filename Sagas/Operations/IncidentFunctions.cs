using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Sagas.Decisions;
using Sagas.Incidents;

namespace Sagas.Operations;

/// <summary>What sagas have done about incidents.</summary>
public sealed class IncidentFunctions(IncidentStore incidents, ParkedSagas parked, ILogger<IncidentFunctions> logger)
{
    /// <summary>Writes the incidents down; one that is there already stays as it is.</summary>
    [Function(SagaActivities.OpenIncidents)]
    public async Task<StepResult> OpenAsync([ActivityTrigger] IncidentsToOpen input, CancellationToken cancellation)
    {
        foreach (var opened in input.Incidents)
        {
            logger.LogWarning("Saga {Key} is left with an incident: {Compensation} is not done", input.Key, opened.Incident.Compensation);
            await incidents.OpenAsync(input.Key, opened, cancellation);
        }

        return StepResult.Done;
    }

    /// <summary>Writes down that an incident is dealt with; one that is closed stays as it is. Who waits for it goes on.</summary>
    [Function(SagaActivities.CloseIncident)]
    public async Task<StepResult> CloseAsync(
        [ActivityTrigger] IncidentToClose input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        _ = await incidents.TryCloseAsync(input.Key, input.IncidentId, input.Reason, by: string.Empty, cancellation);
        await parked.LetGoOnAsync(client, input.Key, input.IncidentId, cancellation);
        return StepResult.Done;
    }
}

/// <summary>Runs a compensation again after its saga has ended, and closes the incident once it succeeds.</summary>
public static class RedriveCompensation
{
    /// <summary>The orchestrator.</summary>
    /// <exception cref="SagaFailedException">It failed again; the incident stays open.</exception>
    [Function(nameof(RedriveCompensation))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<RedriveInput>()!;
        var result = await CallAsync(context, input.Compensation, input.Input, input.Retry);
        if (result.Refusal is { } refusal)
        {
            throw new SagaFailedException($"{input.Compensation} of {input.OrderId} was refused: {refusal.Message}");
        }

        var closed = new IncidentToClose(input.OrderId, input.IncidentId, "The compensation succeeded when it was run again.");
        await CallAsync(context, SagaActivities.CloseIncident, closed, input.Retry);
    }

    private static Task<StepResult> CallAsync(TaskOrchestrationContext context, string activity, object input, RetrySettings retry) =>
        context.CallActivityAsync<StepResult>(activity, input, StepRetry.Options(activity, retry));
}
