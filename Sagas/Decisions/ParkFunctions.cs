using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Sagas.Incidents;

namespace Sagas.Decisions;

/// <summary>What a parked saga needs done.</summary>
public sealed class ParkFunctions(
    ParkStore parking, IncidentStore incidents, CancelGate gate, StepAttempt attempt, ILogger<ParkFunctions> logger)
{
    /// <summary>Publishes the wait, and tells what stands at its gate: a saga that is run again finds it decided.</summary>
    [Function(SagaActivities.Park)]
    public Task<ParkVerdict> ParkAsync([ActivityTrigger] ParkTask task, CancellationToken cancellation) =>
        attempt.RunAsync(
            SagaActivities.Park,
            task.Key,
            async token =>
            {
                logger.LogWarning("Order {OrderId} waits for an operator: {State} has failed: {Error}", task.Key, task.State, task.Error);
                await parking.PublishAsync(task, token);
                if (await FindEarlierDecisionAsync(task, token) is { } decision)
                {
                    await parking.TryDecideAsync(ParkGate.Of(task), decision, OperatorNote.None, token);
                }

                return new ParkVerdict(await parking.FindDecisionAsync(ParkGate.Of(task), token));
            },
            cancellation);

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(SagaActivities.DecidePark)]
    public Task<ParkVerdict> DecideAsync([ActivityTrigger] ParkBid bid, CancellationToken cancellation) =>
        attempt.RunAsync(
            SagaActivities.DecidePark,
            bid.Key,
            async token =>
            {
                if (bid.Decision is { } decision)
                {
                    await parking.TryDecideAsync(ParkGate.Of(bid), decision, OperatorNote.None, token);
                }

                return new ParkVerdict(await parking.FindDecisionAsync(ParkGate.Of(bid), token));
            },
            cancellation);

    // What was decided a moment before the wait was there to be seen, and so woke nobody.
    private async Task<ParkDecision?> FindEarlierDecisionAsync(ParkTask task, CancellationToken cancellation)
    {
        if (task.IncidentId is { } incidentId)
        {
            return await incidents.FindAsync(task.Key, incidentId, cancellation) is { Incident.Status: IncidentStatus.Closed } ? ParkDecision.Close : null;
        }

        return await gate.IsCancelledAsync(task.Key, task.Generation, cancellation) ? ParkDecision.Cancel : null;
    }
}
