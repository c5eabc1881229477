namespace OrderSagaFunctions.Review;

/// <summary>A decision that stands: the review gate's row.</summary>
/// <param name="Approved">Whether the order may go on.</param>
/// <param name="Reviewer">Who decided; empty where it was the deadline.</param>
/// <param name="Comment">Why, where the reviewer said so.</param>
/// <param name="At">When.</param>
/// <param name="TimedOut">Whether nobody decided in time.</param>
public sealed record ReviewDecision(bool Approved, string Reviewer, string? Comment, DateTimeOffset At, bool TimedOut)
{
    /// <summary>The external event that wakes a saga in review.</summary>
    public const string EventName = "ReviewDecision";
}
