using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Parking;

/// <summary>Decides about parked sagas: first at the gate, then by the event that wakes the saga to look there.</summary>
public sealed class ParkedSagas(ParkStore parking)
{
    /// <summary>Decides about an order's saga, where it waits.</summary>
    /// <param name="client">Wakes it.</param>
    /// <param name="order">The order.</param>
    /// <param name="state">What it is to wait for; null where that does not matter.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Who decides; empty where not known.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ParkAnswer> DecideAsync(
        DurableTaskClient client, StoredOrder order, string? state, ParkDecision decision, string by, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(order.InstanceId, cancellation) is not { IsCompleted: false }
            || await parking.FindLatestAsync(order.OrderId, cancellation) is not { } latest
            || (state is not null && latest.Task.State != state))
        {
            return ParkAnswer.NotParked;
        }

        var (task, stands) = latest;
        var isFirst = stands is null && await parking.TryDecideAsync(task.Key, task.Generation, task.Number, decision, by, cancellation);
        // Once more where it was decided before: the first event may have been lost.
        await client.RaiseEventAsync(order.InstanceId, SagaRun.OperatorEvent, eventPayload: null, cancellation);
        return isFirst ? ParkAnswer.Decided : ParkAnswer.TooLate;
    }
}
