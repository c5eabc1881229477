using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using Sagas.Decisions;
using Sagas.Storage;

namespace OrderSagaFunctions.Review;

/// <summary>The reviews that wait for somebody.</summary>
public sealed class ReviewQueue(OrderStore orders, ReviewStore reviews, ReviewDesk desk)
{
    /// <summary>Every review whose order is still in it, in no particular order.</summary>
    internal async IAsyncEnumerable<WaitingReview> ListAsync(
        DurableTaskClient client, UnreadableRows unreadable, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (task, review) in reviews.ListUndecidedAsync(unreadable, cancellation))
        {
            if (await unreadable.SkipAsync(() => orders.FindAsync(task.Key, cancellation)) is { } order && order.Generation == task.Generation
                && await desk.IsWaitingAsync(task.Key, task.Generation, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation))
            {
                yield return new WaitingReview(task.Key, order.CustomerId, review.Flags, review.RequestedAt, review.Deadline);
            }
        }
    }

    /// <summary>Whether an order's saga waits for a reviewer.</summary>
    internal async Task<bool> HasAsync(DurableTaskClient client, OrderGlance order, CancellationToken cancellation) =>
        (await reviews.ReadAsync(order.OrderId, cancellation)).Any(review => review.Task.Generation == order.Generation && review.View.Decision is null)
        && await desk.IsWaitingAsync(order.OrderId, order.Generation, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation);
}
