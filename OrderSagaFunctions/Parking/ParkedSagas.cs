using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Parking;

/// <summary>Decides about parked sagas: first at the gate, then by the event that wakes the saga to look there.</summary>
public sealed class ParkedSagas(ParkStore parking)
{
    /// <summary>Decides about an order's saga and its children, whichever of them wait.</summary>
    /// <param name="client">Wakes them.</param>
    /// <param name="order">The order.</param>
    /// <param name="incident">The incident that they are to wait for; null where that does not matter.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Who decides; empty where not known.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ParkAnswer> DecideAsync(
        DurableTaskClient client, StoredOrder order, Incident? incident, ParkDecision decision, string by, CancellationToken cancellation)
    {
        var waits = new List<ParkedWait>();
        foreach (var wait in await parking.ReadLatestAsync(order.OrderId, cancellation))
        {
            // A child may wait on where its parent was stopped.
            if ((incident is null || (wait.Task.State == incident.Compensation && wait.Task.Scope == incident.Scope))
                && await IsRunningAsync(client, InstanceOf(wait, order), cancellation))
            {
                waits.Add(wait);
            }
        }

        var open = waits.Where(wait => wait.Decision is null).ToList();
        var answer = waits.Count == 0 ? ParkAnswer.NotParked : ParkAnswer.TooLate;
        // Those decided before are woken once more where no other waits: the first event may have been lost.
        foreach (var wait in open.Count > 0 ? open : waits)
        {
            if (wait.Decision is null && await parking.TryDecideAsync(ParkGate.Of(wait.Task), decision, by, cancellation))
            {
                answer = ParkAnswer.Decided;
            }

            await WakeAsync(client, InstanceOf(wait, order), SagaRun.OperatorEvent, cancellation);
        }

        return answer;
    }

    /// <summary>Tells an order's saga, and those of its children that wait, that somebody cancels it.</summary>
    public async Task CancelAsync(DurableTaskClient client, StoredOrder order, CancellationToken cancellation)
    {
        await WakeAsync(client, order.InstanceId, SagaRun.CancelEvent, cancellation);
        foreach (var wait in await parking.ReadLatestAsync(order.OrderId, cancellation))
        {
            if (wait is { Decision: null, Task.Scope: not null })
            {
                await WakeAsync(client, InstanceOf(wait, order), SagaRun.CancelEvent, cancellation);
            }
        }
    }

    private static string InstanceOf(ParkedWait wait, StoredOrder order) => wait.Task.Scope is null ? order.InstanceId : wait.Task.InstanceId!;

    private static async Task WakeAsync(DurableTaskClient client, string instanceId, string eventName, CancellationToken cancellation)
    {
        // A child may have ended since.
        if (await IsRunningAsync(client, instanceId, cancellation))
        {
            await client.RaiseEventAsync(instanceId, eventName, eventPayload: null, cancellation);
        }
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, string instanceId, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instanceId, cancellation) is { IsCompleted: false };
}
