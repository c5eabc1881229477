using OrderSagaFunctions.Review;

namespace OrderSagaFunctions.Http;

/// <summary>Problem details as RFC 9457 has them.</summary>
/// <param name="Title">What kind of problem it is, the same for each occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time, and what to do.</param>
public sealed record Problem(string Title, int Status, string Detail)
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>No problem here has a page of its own: the title says it all.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The fields that were refused, where the request was invalid.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The decision that stands, where a second one came.</summary>
    public ReviewDecision? Decision { get; init; }
}
