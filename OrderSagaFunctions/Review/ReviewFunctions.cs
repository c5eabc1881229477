using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Review;

/// <summary>The review's part in the saga.</summary>
public sealed class ReviewFunctions(ReviewStore reviews, StepAttempt attempt)
{
    /// <summary>Publishes the task.</summary>
    [Function(OrderActivities.RequestReview)]
    public Task<StepResult> RequestAsync([ActivityTrigger] ReviewRequest task, CancellationToken cancellation) =>
        attempt.RunAsync(
            OrderActivities.RequestReview,
            task.OrderId,
            async token =>
            {
                await reviews.RequestAsync(task, token);
                return StepResult.Done;
            },
            cancellation);

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(OrderActivities.DecideReview)]
    public async Task<ReviewVerdict> DecideAsync([ActivityTrigger] ReviewBid bid, CancellationToken cancellation)
    {
        if (bid.Overdue || bid.Answer is not null)
        {
            await reviews.TryDecideAsync(bid.OrderId, bid.Generation, bid.Overdue ? null : bid.Answer, cancellation);
        }

        return ReviewVerdict.Of(await reviews.FindDecisionAsync(bid.OrderId, bid.Generation, cancellation));
    }
}
