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

/// <summary>Counts orders: those whose saga has ended by the counts of the index, the others one by one.</summary>
public sealed class OrderCensus(
    OrderIndex index, ReviewQueue reviews, ParkStore parking, IncidentStore incidents, StoppedSagas stopped, TimeProvider time)
{
    /// <summary>Counts all orders by state. What runs meanwhile may be counted as it was or as it is.</summary>
    public async Task<OrderCounts> CountAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var asOf = time.GetUtcNow();
        var unreadable = new UnreadableRows();
        var totals = await index.CountAsync(unreadable, cancellation);
        var open = await TableScans.LookAtEachAsync(totals.Open, order => LookAtAsync(client, order, unreadable, cancellation)).ToListAsync(cancellation);
        return new OrderCounts(
            open.Count + (int)totals.Ended.Values.Sum(),
            open.Count(static order => !order.IsStopped),
            open.Count(static order => order.IsInReview),
            open.Count(static order => order.IsParked),
            await RunningSagas.CountRetryingAsync(client, cancellation),
            open.Count(static order => order.IsStopped),
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Succeeded),
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Failed),
            (int)totals.Ended.GetValueOrDefault(SagaOutcome.Cancelled),
            await incidents.ListAsync(IncidentStatus.Open, after: null, unreadable, cancellation).CountAsync(cancellation),
            asOf)
        {
            Unreadable = unreadable.Found,
        };
    }

    private async Task<OpenOrder> LookAtAsync(DurableTaskClient client, OrderGlance order, UnreadableRows unreadable, CancellationToken cancellation)
    {
        return new OpenOrder(
            await IsAsync(() => stopped.IsKnownAsync(order.OrderId, order.Generation, order.Recoveries, cancellation)),
            await IsAsync(() => reviews.HasAsync(client, order, cancellation)),
            await IsAsync(() => IsParkedAsync(client, order, cancellation)));

        async Task<bool> IsAsync(Func<Task<bool>> read) => await unreadable.SkipAsync<object>(async () => await read()) is true;
    }

    // A saga that was stopped in its wait leaves it undecided.
    private async Task<bool> IsParkedAsync(DurableTaskClient client, OrderGlance order, CancellationToken cancellation) =>
        (await parking.ReadLatestAsync(order.OrderId, cancellation)).Any(wait => wait.IsOpenOf(order.InstanceId))
        && await client.RunsAsync(order.InstanceId, cancellation);

    private sealed record OpenOrder(bool IsStopped, bool IsInReview, bool IsParked);
}
