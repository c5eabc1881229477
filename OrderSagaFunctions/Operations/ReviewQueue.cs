using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Review;

namespace OrderSagaFunctions.Operations;

/// <summary>The reviews that wait for somebody.</summary>
public sealed class ReviewQueue(OrderStore orders, ReviewStore reviews, ReviewDesk desk)
{
    /// <summary>Every review whose order is still in it, in no particular order.</summary>
    public async IAsyncEnumerable<WaitingReview> ListAsync(DurableTaskClient client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (task, review) in reviews.ListUndecidedAsync(cancellation))
        {
            if (await orders.FindAsync(task.OrderId, cancellation) is { } order && order.Generation == task.Generation
                && await desk.IsWaitingAsync(order, await client.GetInstanceAsync(order.InstanceId, cancellation), cancellation))
            {
                yield return new WaitingReview(task.OrderId, order.CustomerId, review.Flags, review.RequestedAt, review.Deadline);
            }
        }
    }
}
