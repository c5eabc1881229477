using System.Text.Json.Serialization;

namespace Sagas;

/// <summary>A review task: the input of RequestReview, which publishes it. Payloads call the key <c>orderId</c>, as they did before there was a kit.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="Deadline">When no answer becomes a no.</param>
public sealed record ReviewRequest(
    [property: JsonPropertyName("orderId")] string Key, int Generation, IReadOnlyList<ReviewFlag> Flags, DateTimeOffset Deadline) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation);
}

/// <summary>Why a person should look at a saga.</summary>
/// <param name="Check">The check that says so.</param>
/// <param name="Reason">What it found, and what it would have let pass.</param>
public sealed record ReviewFlag(string Check, string Reason);

/// <summary>The input of DecideReview: what woke the saga, to be entered at the gate where nobody was there before.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Overdue">Whether it was the deadline.</param>
/// <param name="Answer">The event's own answer, where it holds one.</param>
public sealed record ReviewBid(
    [property: JsonPropertyName("orderId")] string Key, int Generation, bool Overdue, ReviewAnswer? Answer) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation);
}

/// <summary>A decision that stands: the review gate's row.</summary>
/// <param name="Approved">Whether the saga may go on.</param>
/// <param name="Reviewer">Who decided; empty where it was the deadline.</param>
/// <param name="Comment">Why, where the reviewer said so.</param>
/// <param name="At">When.</param>
/// <param name="TimedOut">Whether nobody decided in time.</param>
public sealed record ReviewDecision(bool Approved, string Reviewer, string? Comment, DateTimeOffset At, bool TimedOut)
{
    /// <summary>The external event that wakes a saga in review.</summary>
    public const string EventName = "ReviewDecision";
}

/// <summary>What the gate says. Who decided stays in the gate's row: an orchestration's history is no place for names.</summary>
/// <param name="Decided">Whether anyone has decided.</param>
/// <param name="Refusal">Why the saga may not go on; null if it may.</param>
public sealed record ReviewVerdict(bool Decided, Refusal? Refusal = null)
{
    /// <summary>Reads a decision as a verdict.</summary>
    public static ReviewVerdict Of(ReviewDecision? decision) => decision switch
    {
        null => new ReviewVerdict(Decided: false),
        { Approved: true } => new ReviewVerdict(Decided: true),
        { TimedOut: true } => new ReviewVerdict(Decided: true, new Refusal("ReviewTimedOut", "Nobody decided in time.")),
        _ => new ReviewVerdict(Decided: true, new Refusal("ReviewRejected", "The reviewer rejected the order.")),
    };
}
