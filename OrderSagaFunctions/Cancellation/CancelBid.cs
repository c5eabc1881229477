namespace OrderSagaFunctions.Cancellation;

/// <summary>The input of ConfirmCancel.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
public sealed record CancelBid(string OrderId, int Generation);
