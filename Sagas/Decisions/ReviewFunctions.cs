using Microsoft.Azure.Functions.Worker;

namespace Sagas.Decisions;

/// <summary>The review's part in the saga.</summary>
public sealed class ReviewFunctions(ReviewStore reviews)
{
    /// <summary>Publishes the task, and tells what stands at the gate: a saga that is run again finds its review decided.</summary>
    [Function(SagaActivities.RequestReview)]
    public async Task<ReviewVerdict> RequestAsync([ActivityTrigger] ReviewRequest task, CancellationToken cancellation)
    {
        await reviews.RequestAsync(task, cancellation);
        return ReviewVerdict.Of(await reviews.FindDecisionAsync(task.Saga, cancellation));
    }

    /// <summary>Enters what woke the saga at the gate, and tells what stands there then.</summary>
    [Function(SagaActivities.DecideReview)]
    public async Task<ReviewVerdict> DecideAsync([ActivityTrigger] ReviewBid bid, CancellationToken cancellation)
    {
        if (bid.Overdue || bid.Answer is not null)
        {
            await reviews.TryDecideAsync(bid.Saga, bid.Overdue ? null : bid.Answer, cancellation);
        }

        return ReviewVerdict.Of(await reviews.FindDecisionAsync(bid.Saga, cancellation));
    }
}
