using Microsoft.DurableTask.Client;

namespace Sagas.Decisions;

/// <summary>Decides about parked sagas: first at the gate, then by the event that wakes the saga to look there.</summary>
public sealed class ParkedSagas(ParkStore parking)
{
    /// <summary>Decides about a saga and its children, whichever of them wait.</summary>
    /// <param name="client">Wakes them.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="incident">The incident that they are to wait for; null where that does not matter.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="note">Who decides, and why.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ParkAnswer> DecideAsync(
        DurableTaskClient client, SagaInstance saga, Incident? incident, ParkDecision decision, OperatorNote note, CancellationToken cancellation)
    {
        var waits = new List<ParkedWait>();
        foreach (var wait in await parking.ReadLatestAsync(saga.Key, cancellation))
        {
            // A child may wait on where its parent was stopped.
            if ((incident is null || wait.Task.IncidentId == incident.Id)
                && await client.RunsAsync(InstanceOf(wait, saga), cancellation))
            {
                waits.Add(wait);
            }
        }

        var open = waits.Where(wait => wait.Decision is null).ToList();
        var answer = waits.Count == 0 ? ParkAnswer.NotParked : ParkAnswer.TooLate;
        // Those decided before are woken once more where no other waits: the first event may have been lost.
        foreach (var wait in open.Count > 0 ? open : waits)
        {
            if (wait.Decision is null && await parking.TryDecideAsync(ParkGate.Of(wait.Task), decision, note, cancellation))
            {
                answer = ParkAnswer.Decided;
            }

            await client.WakeAsync(InstanceOf(wait, saga), SagaRun.OperatorEvent, cancellation);
        }

        return answer;
    }

    /// <summary>Tells a saga, and those of its children that wait, that somebody cancels it.</summary>
    public async Task CancelAsync(DurableTaskClient client, SagaInstance saga, CancellationToken cancellation)
    {
        await client.WakeAsync(saga.InstanceId, SagaRun.CancelEvent, cancellation);
        foreach (var wait in await parking.ReadLatestAsync(saga.Key, cancellation))
        {
            if (wait is { Decision: null, Task.Scope: not null })
            {
                await client.WakeAsync(InstanceOf(wait, saga), SagaRun.CancelEvent, cancellation);
            }
        }
    }

    /// <summary>Lets those go on that have begun to wait for an incident while it was dealt with.</summary>
    internal async Task LetGoOnAsync(DurableTaskClient client, string key, string incidentId, CancellationToken cancellation)
    {
        foreach (var wait in await parking.ReadLatestAsync(key, cancellation))
        {
            // Decided so before: an earlier attempt may not have got to waking it.
            if (wait.Task.IncidentId == incidentId && wait.Decision is null or ParkDecision.Close)
            {
                _ = await parking.TryDecideAsync(ParkGate.Of(wait.Task), ParkDecision.Close, OperatorNote.None, cancellation);
                await client.WakeAsync(wait.Task.InstanceId ?? key, SagaRun.OperatorEvent, cancellation);
            }
        }
    }

    // Who has written the wait, and not who runs now: a saga that takes the order up again does not wait yet where that one did.
    private static string InstanceOf(ParkedWait wait, SagaInstance saga) => wait.Task.InstanceId ?? saga.InstanceId;
}

/// <summary>What became of an operator's decision about a parked saga.</summary>
public enum ParkAnswer
{
    /// <summary>The saga does not wait, or not for that.</summary>
    NotParked,

    /// <summary>It is the decision that stands.</summary>
    Decided,

    /// <summary>Another one came first, and stands.</summary>
    TooLate,
}
