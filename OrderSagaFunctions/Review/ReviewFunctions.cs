using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Review;

/// <summary>The review's part in the saga.</summary>
public sealed class ReviewFunctions(ReviewStore reviews, StepAttempt attempt)
{
    /// <summary>Publishes the task, and tells what stands at the gate: a saga that is run again finds its review decided.</summary>
    [Function(OrderActivities.RequestReview)]
    public Task<ReviewVerdict> RequestAsync([ActivityTrigger] ReviewRequest task, CancellationToken cancellation) =>
        attempt.RunAsync(
            OrderActivities.RequestReview,
            task.OrderId,
            async token =>
            {
                await reviews.RequestAsync(task, token);
                return await VerdictAsync(task.OrderId, task.Generation, token);
            },
            cancellation);

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(OrderActivities.DecideReview)]
    public Task<ReviewVerdict> DecideAsync([ActivityTrigger] ReviewBid bid, CancellationToken cancellation) =>
        attempt.RunAsync(
            OrderActivities.DecideReview,
            bid.OrderId,
            async token =>
            {
                if (bid.Overdue || bid.Answer is not null)
                {
                    await reviews.TryDecideAsync(bid.OrderId, bid.Generation, bid.Overdue ? null : bid.Answer, token);
                }

                return await VerdictAsync(bid.OrderId, bid.Generation, token);
            },
            cancellation);

    private async Task<ReviewVerdict> VerdictAsync(string orderId, int generation, CancellationToken cancellation) =>
        ReviewVerdict.Of(await reviews.FindDecisionAsync(orderId, generation, cancellation));
}
