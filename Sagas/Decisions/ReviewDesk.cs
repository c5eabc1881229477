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
