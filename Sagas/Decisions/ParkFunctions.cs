using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Sagas.Incidents;

namespace Sagas.Decisions;

/// <summary>What a parked saga needs done.</summary>
public sealed class ParkFunctions(ParkStore parking, IncidentStore incidents, CancelGate gate, ILogger<ParkFunctions> logger)
{
    /// <summary>Publishes the wait, and tells what stands at its gate: a saga that is run again finds it decided.</summary>
    [Function(SagaActivities.Park)]
    public async Task<ParkVerdict> ParkAsync([ActivityTrigger] ParkTask task, CancellationToken cancellation)
    {
        logger.LogWarning("Saga {Key} waits for an operator: {State} has failed: {Error}", task.Key, task.State, task.Error);
        await parking.PublishAsync(task, cancellation);
        if (await FindEarlierDecisionAsync(task, cancellation) is { } decision)
        {
            await parking.TryDecideAsync(ParkGate.Of(task), decision, OperatorNote.None, cancellation);
        }

        return new ParkVerdict(await parking.FindDecisionAsync(ParkGate.Of(task), cancellation));
    }

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(SagaActivities.DecidePark)]
    public async Task<ParkVerdict> DecideAsync([ActivityTrigger] ParkBid bid, CancellationToken cancellation)
    {
        if (bid.Decision is { } decision)
        {
            await parking.TryDecideAsync(ParkGate.Of(bid), decision, OperatorNote.None, cancellation);
        }

        return new ParkVerdict(await parking.FindDecisionAsync(ParkGate.Of(bid), cancellation));
    }

    // What was decided a moment before the wait was there to be seen, and so woke nobody.
    private async Task<ParkDecision?> FindEarlierDecisionAsync(ParkTask task, CancellationToken cancellation)
    {
        if (task.IncidentId is { } incidentId)
        {
            return await incidents.FindAsync(task.Key, incidentId, cancellation) is { Incident.Status: IncidentStatus.Closed } ? ParkDecision.Close : null;
        }

        return await gate.IsCancelledAsync(task.Saga, cancellation) ? ParkDecision.Cancel : null;
    }
}
