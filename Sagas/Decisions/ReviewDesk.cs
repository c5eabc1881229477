using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Sagas.Decisions;

/// <summary>The reviews beside their sagas: one that was cancelled or stopped in its review leaves it undecided, and waits for nobody any more.</summary>
public sealed class ReviewDesk(ReviewStore reviews, CancelGate gate)
{
    /// <summary>A saga's review as the API shows it, or null if the saga is and was in none.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="instance">The saga's instance, or null if the host does not know it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ReviewView?> FindAsync(SagaId saga, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        await reviews.FindAsync(saga, cancellation) is { } review
            ? Show(review, await IsWaitingAsync(saga, instance, cancellation))
            : null;

    /// <summary>Whether a saga can still be told a decision.</summary>
    /// <inheritdoc cref="FindAsync" path="/param" />
    public async Task<bool> IsWaitingAsync(SagaId saga, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        instance is { IsCompleted: false } && !await gate.IsCancelledAsync(saga, cancellation);

    /// <summary>A review as the API shows it.</summary>
    /// <param name="review">The review as its rows say.</param>
    /// <param name="isWaiting">Whether its saga can still be told a decision.</param>
    public static ReviewView Show(ReviewView review, bool isWaiting) =>
        review.Decision is null && !isWaiting ? review with { Status = ReviewView.Withdrawn } : review;
}

/// <summary>A saga's review as the API shows it.</summary>
/// <param name="Status">Waiting, Approved, Rejected, TimedOut or Withdrawn.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="RequestedAt">Since when.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Decision">The decision, once there is one.</param>
public sealed record ReviewView(
    string Status, IReadOnlyList<ReviewFlag> Flags, DateTimeOffset RequestedAt, DateTimeOffset Deadline, ReviewDecision? Decision)
{
    /// <summary>The status of a review that nobody has decided, and whose saga waits no more.</summary>
    public const string Withdrawn = "Withdrawn";

    /// <summary>Puts a task and its decision together.</summary>
    public static ReviewView Of(ReviewRequest task, DateTimeOffset requestedAt, ReviewDecision? decision)
    {
        var status = decision switch
        {
            null => "Waiting",
            { TimedOut: true } => "TimedOut",
            { Approved: true } => "Approved",
            _ => "Rejected",
        };
        return new ReviewView(status, task.Flags, requestedAt, task.Deadline, decision);
    }
}

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
