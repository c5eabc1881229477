using Microsoft.Azure.Functions.Worker;

namespace Sagas.Decisions;

/// <summary>The review's part in the saga.</summary>
public sealed class ReviewFunctions(ReviewStore reviews, StepAttempt attempt)
{
    /// <summary>Publishes the task, and tells what stands at the gate: a saga that is run again finds its review decided.</summary>
    [Function(SagaActivities.RequestReview)]
    public Task<ReviewVerdict> RequestAsync([ActivityTrigger] ReviewRequest task, CancellationToken cancellation) =>
        attempt.RunAsync(
            SagaActivities.RequestReview,
            task.Key,
            async token =>
            {
                await reviews.RequestAsync(task, token);
                return await VerdictAsync(task.Key, task.Generation, token);
            },
            cancellation);

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(SagaActivities.DecideReview)]
    public Task<ReviewVerdict> DecideAsync([ActivityTrigger] ReviewBid bid, CancellationToken cancellation) =>
        attempt.RunAsync(
            SagaActivities.DecideReview,
            bid.Key,
            async token =>
            {
                if (bid.Overdue || bid.Answer is not null)
                {
                    await reviews.TryDecideAsync(bid.Key, bid.Generation, bid.Overdue ? null : bid.Answer, token);
                }

                return await VerdictAsync(bid.Key, bid.Generation, token);
            },
            cancellation);

    private async Task<ReviewVerdict> VerdictAsync(string key, int generation, CancellationToken cancellation) =>
        ReviewVerdict.Of(await reviews.FindDecisionAsync(key, generation, cancellation));
}
