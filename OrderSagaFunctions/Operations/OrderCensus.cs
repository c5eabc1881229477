using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Recovery;
using OrderSagaFunctions.Review;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>Counts orders: those that have ended by the index's counts, the others one by one.</summary>
public sealed class OrderCensus(
    OrderStore orders, OrderIndex index, ReviewQueue reviews, ParkStore parking, IncidentStore incidents, StoppedSagas stopped, TimeProvider time)
{
    /// <summary>Counts all orders by state. What runs meanwhile may be counted as it was or as it is.</summary>
    public async Task<OrderCounts> CountAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var asOf = time.GetUtcNow();
        var unreadable = new UnreadableRows();
        var totals = await index.CountAsync(unreadable, cancellation);
        var stoppedSagas = 0;
        foreach (var order in totals.Open)
        {
            stoppedSagas += await unreadable.SkipAsync<object>(
                async () => await stopped.IsKnownAsync(order.OrderId, order.Generation, order.Recoveries, cancellation)) is true ? 1 : 0;
        }

        var running = totals.Open.Count - stoppedSagas;
        return new OrderCounts(
            totals.Open.Count + (int)totals.Ended.Values.Sum(),
            running,
            await reviews.ListAsync(client, unreadable, cancellation).CountAsync(cancellation),
            await CountParkedAsync(client, unreadable, cancellation),
            await RunningSagas.CountRetryingAsync(client, cancellation),
            stoppedSagas,
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Succeeded),
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Failed),
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Cancelled),
            await incidents.ListAsync(IncidentStatus.Open, after: null, unreadable, cancellation).CountAsync(cancellation),
            asOf)
        {
            Unreadable = unreadable.Found,
        };
    }

    private async Task<int> CountParkedAsync(DurableTaskClient client, UnreadableRows unreadable, CancellationToken cancellation)
    {
        var parked = 0;
        await foreach (var orderId in parking.ListUndecidedAsync(PartitionRange.All, unreadable, cancellation))
        {
            // A saga that was stopped in its wait leaves it undecided.
            var order = await unreadable.SkipAsync(() => orders.FindAsync(orderId, cancellation));
            parked += order is not null && await client.RunsAsync(order.InstanceId, cancellation)
                && (await parking.ReadLatestAsync(orderId, cancellation)).Any(wait => wait.IsOpenOf(order.InstanceId)) ? 1 : 0;
        }

        return parked;
    }
}
