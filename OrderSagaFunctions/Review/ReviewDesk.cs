using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Review;

/// <summary>The reviews beside their sagas: one that was cancelled or stopped in its review leaves it undecided, and waits for nobody any more.</summary>
public sealed class ReviewDesk(ReviewStore reviews, CancelGate gate)
{
    /// <summary>An order's review as the API shows it, or null where the order is and was in none.</summary>
    /// <param name="order">The order.</param>
    /// <param name="instance">Its saga, or null where the host does not know it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ReviewView?> FindAsync(StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        await reviews.FindAsync(order.OrderId, order.Generation, cancellation) is { } review
            ? Show(review, await IsWaitingAsync(order, instance, cancellation))
            : null;

    /// <summary>Whether an order's saga can still be told a decision.</summary>
    public async Task<bool> IsWaitingAsync(StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        instance is { IsCompleted: false } && !await gate.IsCancelledAsync(order.OrderId, order.Generation, cancellation);

    /// <summary>A review as the API shows it.</summary>
    /// <param name="review">The review as its rows say.</param>
    /// <param name="isWaiting">Whether its saga can still be told a decision.</param>
    internal static ReviewView Show(ReviewView review, bool isWaiting) =>
        review.Decision is null && !isWaiting ? review with { Status = ReviewView.Withdrawn } : review;
}
