using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Sagas.Operations;

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
