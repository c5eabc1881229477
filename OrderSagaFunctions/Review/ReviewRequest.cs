using OrderSagaFunctions.Checks;

namespace OrderSagaFunctions.Review;

/// <summary>A review task: the input of RequestReview, which publishes it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="Deadline">When no answer becomes a no.</param>
public sealed record ReviewRequest(string OrderId, int Generation, IReadOnlyList<CheckFlag> Flags, DateTimeOffset Deadline);
