using Sagas.Fields;

namespace Sagas.Http;

/// <summary>Problem details as RFC 9457 has them.</summary>
/// <param name="Type">What kind of problem it is, for programs.</param>
/// <param name="Title">The same for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time, and what to do.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What is wrong with the request itself.</summary>
    public const string InvalidRequest = "urn:order-saga:invalid-request";

    /// <summary>A stored row of the order cannot be read.</summary>
    public const string UnreadableRow = "urn:order-saga:unreadable-row";

    /// <summary>There is no such saga.</summary>
    public const string UnknownSaga = "urn:order-saga:unknown-saga";

    /// <summary>The order is known with other contents or under another key.</summary>
    public const string OtherSubmission = "urn:order-saga:other-submission";

    /// <summary>The order does not wait for a review.</summary>
    public const string NotInReview = "urn:order-saga:not-in-review";

    /// <summary>The review was decided before.</summary>
    public const string AlreadyDecided = "urn:order-saga:already-decided";

    /// <summary>The saga does not wait for an operator.</summary>
    public const string NotParked = "urn:order-saga:not-parked";

    /// <summary>The saga has passed its pivot, or has ended otherwise than cancelled.</summary>
    public const string TooLateToCancel = "urn:order-saga:too-late-to-cancel";

    /// <summary>The order has no such incident.</summary>
    public const string UnknownIncident = "urn:order-saga:unknown-incident";

    /// <summary>The incident was dealt with before.</summary>
    public const string IncidentClosed = "urn:order-saga:incident-closed";

    /// <summary>The incident is of no compensation that could be run again.</summary>
    public const string NotRetriable = "urn:order-saga:not-retriable";

    /// <summary>Something that every saga needs cannot be reached, or the host stops.</summary>
    public const string NotReady = "urn:order-saga:not-ready";

    /// <summary>The fields that were refused, where the request was invalid.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The decision that stands, where a second one came.</summary>
    public ReviewDecision? Decision { get; init; }
}
