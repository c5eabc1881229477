using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Review;

namespace OrderSagaFunctions.Operations;

/// <summary>The reviews that wait for somebody.</summary>
public sealed class ReviewQueue(OrderStore orders, ReviewStore reviews)
{
    /// <summary>Every review whose order is still in it, in no particular order.</summary>
    public async IAsyncEnumerable<WaitingReview> ListAsync(DurableTaskClient client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (task, review) in reviews.ListUndecidedAsync(cancellation))
        {
            // A saga that was cancelled or stopped in its review leaves it undecided.
            if (await orders.FindAsync(task.OrderId, cancellation) is { } order && order.Generation == task.Generation
                && await client.GetInstanceAsync(order.InstanceId, cancellation) is { IsCompleted: false })
            {
                yield return new WaitingReview(task.OrderId, order.CustomerId, review.Flags, review.RequestedAt, review.Deadline);
            }
        }
    }
}
