using System.Text.Json;
using System.Text.Json.Serialization;
using Sagas.Fields;

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
        _ => new ReviewVerdict(Decided: true, new Refusal("ReviewRejected", "The reviewer rejected it.")),
    };
}

/// <summary>What a reviewer answers.</summary>
/// <param name="Approved">Whether the saga may go on.</param>
/// <param name="Reviewer">Who says so.</param>
/// <param name="Comment">Why, where given.</param>
public sealed record ReviewAnswer(bool Approved, string Reviewer, string? Comment)
{
    /// <summary>The characters of a comment at most.</summary>
    public const int LongestComment = 1000;

    /// <summary>The rule of a comment, for messages.</summary>
    public static string CommentRule => $"at most {LongestComment} characters, not all blank, and no control characters but tabs and line breaks";

    /// <summary>Reads an answer from an event, or null where it is none. Fields that it does not know it passes over.</summary>
    public static ReviewAnswer? Read(JsonElement? json)
    {
        var errors = new List<FieldError>();
        return json is { } given ? Read(new JsonFields(given, string.Empty, errors), errors, knownReviewer: null) : null;
    }

    /// <summary>Reads an answer from a request, which need not name its reviewer where that is known already.</summary>
    public static ReviewAnswer? Read(JsonElement json, ICollection<FieldError> errors, string? knownReviewer)
    {
        var fields = new JsonFields(json, string.Empty, errors);
        var answer = Read(fields, errors, knownReviewer);
        fields.RefuseOthers();
        return errors.Count == 0 ? answer : null;
    }

    private static ReviewAnswer? Read(JsonFields fields, ICollection<FieldError> errors, string? knownReviewer)
    {
        var approved = fields.RequiredBoolean("approved");
        var reviewer = knownReviewer is null || fields.Find("reviewer") is not null
            ? fields.RequiredText("reviewer", PersonName.IsOne, PersonName.Rule)
            : null;
        var comment = fields.OptionalText(
            "comment",
            static text => text.Length == 0 || HumanText.IsProse(text, LongestComment),
            CommentRule);
        return errors.Count == 0 ? new ReviewAnswer(approved!.Value, PersonName.Of(knownReviewer, reviewer)!, comment) : null;
    }
}
