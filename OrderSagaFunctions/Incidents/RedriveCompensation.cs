using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Incidents;

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

/// <summary>What a compensation is run again with.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="IncidentId">The incident that it closes.</param>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">Its input, as the saga had it.</param>
/// <param name="Retry">How it is tried.</param>
public sealed record RedriveInput(string OrderId, string IncidentId, string Compensation, JsonElement Input, RetrySettings Retry);
