using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>
/// Finds orders. Every table has the order as its partition, so each can lead through the orders in the order of their ids;
/// the one that holds the fewest of those that do not belong does, and each order it names is then looked at as a whole.
/// </summary>
public sealed class OrderSearch(OrderStore orders, ReviewStore reviews, ParkStore parking, IncidentStore incidents)
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
        var found = new List<OrderSummary>();
        var last = after;
        var lookedAt = 0;
        await foreach (var orderIds in CandidatesAsync(wanted, after, cancellation).Chunk(LookedAtTogether).WithCancellation(cancellation))
        {
            var summaries = await Task.WhenAll(orderIds.Select(orderId => FindAsync(client, orderId, cancellation)));
            foreach (var (orderId, summary) in orderIds.Zip(summaries))
            {
                if (found.Count == top || lookedAt++ == MostLookedAt)
                {
                    return new OrderPage(found, PageToken.Write(last!));
                }

                last = orderId;
                if (summary is not null && Meets(summary, wanted))
                {
                    found.Add(summary);
                }
            }
        }

        return new OrderPage(found, ContinuationToken: null);
    }

    private IAsyncEnumerable<string> CandidatesAsync(OrderCriteria wanted, string? after, CancellationToken cancellation) => wanted switch
    {
        { IsParked: true } => parking.ListUndecidedAsync(after, cancellation),
        { HasIncident: true } => incidents.ListOrderIdsAsync(after, cancellation),
        { IsFlagged: true } => reviews.ListOrderIdsAsync(after, cancellation),
        _ => orders.ListIdsAsync(wanted, after, cancellation),
    };

    private async Task<OrderSummary?> FindAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return null;
        }

        var instance = await client.GetInstanceAsync(order.InstanceId, cancellation);
        var waits = await parking.ReadLatestAsync(order.OrderId, cancellation);
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        return new OrderSummary(
            order.OrderId,
            order.CustomerId,
            order.Status,
            order.AcceptedAt,
            MoneyView.Of(order.Total),
            order.InstanceId,
            OrderStory.RuntimeStatus(order, instance),
            order.Report?.Outcome,
            IsFlagged: (await reviews.ReadAsync(order.OrderId, cancellation)).Count > 0,
            IsParked: instance is { IsCompleted: false } && waits.Any(wait => wait.IsOpenOf(order.InstanceId)),
            left.Count(incident => incident.Status == IncidentStatus.Open));
    }

    private static bool Meets(OrderSummary order, OrderCriteria wanted) =>
        (wanted.Status is null || wanted.Status == order.Status)
        && (wanted.Outcome is null || wanted.Outcome == order.Outcome)
        && (wanted.CustomerId is null || wanted.CustomerId == order.CustomerId)
        && (wanted.From is null || wanted.From <= order.AcceptedAt)
        && (wanted.To is null || wanted.To > order.AcceptedAt)
        && (wanted.IsFlagged is null || wanted.IsFlagged == order.IsFlagged)
        && (wanted.IsParked is null || wanted.IsParked == order.IsParked)
        && (wanted.HasIncident is null || wanted.HasIncident == order.OpenIncidents > 0);
}
