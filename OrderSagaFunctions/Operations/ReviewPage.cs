using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>A page of the review queue, by deadline.</summary>
/// <param name="Reviews">The reviews.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which reviews may be left out; null where there are none.</param>
public sealed record ReviewPage(IReadOnlyList<WaitingReview> Reviews, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);
