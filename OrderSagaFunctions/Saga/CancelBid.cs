namespace OrderSagaFunctions.Saga;

/// <summary>The input of ConfirmCancel.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
public sealed record CancelBid(string Key, int Generation);
