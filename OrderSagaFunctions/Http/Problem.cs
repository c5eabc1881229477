using OrderSagaFunctions.Review;

namespace OrderSagaFunctions.Http;

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

    /// <summary>There is no such order.</summary>
    public const string UnknownOrder = "urn:order-saga:unknown-order";

    /// <summary>The order is known with other contents or under another key.</summary>
    public const string OtherSubmission = "urn:order-saga:other-submission";

    /// <summary>The order does not wait for a review.</summary>
    public const string NotInReview = "urn:order-saga:not-in-review";

    /// <summary>The review was decided before.</summary>
    public const string AlreadyDecided = "urn:order-saga:already-decided";

    /// <summary>The fields that were refused, where the request was invalid.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The decision that stands, where a second one came.</summary>
    public ReviewDecision? Decision { get; init; }
}
