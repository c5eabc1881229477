using OrderSagaFunctions.Checks;

namespace OrderSagaFunctions.Operations;

/// <summary>A review that waits for somebody.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="RequestedAt">Since when.</param>
/// <param name="Deadline">When no answer becomes a no.</param>
public sealed record WaitingReview(
    string OrderId, string CustomerId, IReadOnlyList<CheckFlag> Flags, DateTimeOffset RequestedAt, DateTimeOffset Deadline);
