using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using Sagas.Decisions;
using Sagas.Http;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>
/// Finds orders. Every table has the order as its partition, so each can lead through the orders in the order of their ids, as
/// can the instances that have not ended; the one that holds the fewest of those that do not belong does, and each order it
/// names is then looked at as a whole.
/// </summary>
public sealed class OrderSearch(
    OrderSummaries summaries, OrderStore orders, RunningSagas running, ReviewStore reviews, ParkStore parking, IncidentStore incidents)
{
    // A search that finds little ends here all the same, with a token to go on from.
    private const int MostLookedAt = 1000;

    // An order takes five reads, each of which is a request on Azure.
    private const int LookedAtTogether = 16;

    /// <summary>Finds a page of orders.</summary>
    /// <param name="client">Knows which sagas run.</param>
    /// <param name="wanted">What they have to meet.</param>
    /// <param name="top">How many at most.</param>
    /// <param name="after">The order after which to begin; null for the first.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal async Task<OrderPage> FindAsync(
        DurableTaskClient client, OrderCriteria wanted, int top, string? after, CancellationToken cancellation)
    {
        var unreadable = new UnreadableRows();
        var found = new List<OrderSummary>();
        var last = after;
        var lookedAt = 0;
        var candidates = CandidatesAsync(client, wanted, new PartitionRange(after, wanted.Prefix), unreadable, cancellation);
        await foreach (var orderIds in candidates.Chunk(LookedAtTogether).WithCancellation(cancellation))
        {
            var summed = await Task.WhenAll(orderIds.Select(orderId => unreadable.SkipAsync(() => summaries.FindAsync(client, orderId, cancellation))));
            foreach (var (orderId, summary) in orderIds.Zip(summed))
            {
                if (found.Count == top || lookedAt++ == MostLookedAt)
                {
                    return new OrderPage(found, PageToken.Write(last!), unreadable.Found);
                }

                last = orderId;
                if (summary is not null && Meets(summary, wanted))
                {
                    found.Add(summary);
                }
            }
        }

        return new OrderPage(found, ContinuationToken: null, unreadable.Found);
    }

    private IAsyncEnumerable<string> CandidatesAsync(
        DurableTaskClient client, OrderCriteria wanted, PartitionRange range, UnreadableRows unreadable, CancellationToken cancellation) => wanted switch
    {
        { IsParked: true } => parking.ListUndecidedAsync(range, unreadable, cancellation),
        { IsRetrying: true } => RunningSagas.ListRetryingAsync(client, range, cancellation),
        { IsRunning: true } => running.ListOrderIdsAsync(client, range, unreadable, cancellation),
        { HasIncident: true } => incidents.ListOrderIdsAsync(range, cancellation),
        { IsFlagged: true } => reviews.ListKeysAsync(range, cancellation),
        _ => orders.ListIdsAsync(wanted, range, cancellation),
    };

    private static bool Meets(OrderSummary order, OrderCriteria wanted) =>
        (wanted.Status is null || wanted.Status == order.Status)
        && (wanted.Outcome is null || wanted.Outcome == order.Outcome)
        && (wanted.CustomerId is null || wanted.CustomerId == order.CustomerId)
        && (wanted.From is null || wanted.From <= order.AcceptedAt)
        && (wanted.To is null || wanted.To > order.AcceptedAt)
        && (wanted.IsFlagged is null || wanted.IsFlagged == order.IsFlagged)
        && (wanted.IsParked is null || wanted.IsParked == order.IsParked)
        && (wanted.IsRunning is null || wanted.IsRunning == order.IsRunning)
        && (wanted.IsRetrying is null || wanted.IsRetrying == (order.Retrying is not null))
        && (wanted.HasIncident is null || wanted.HasIncident == order.OpenIncidents > 0);
}
