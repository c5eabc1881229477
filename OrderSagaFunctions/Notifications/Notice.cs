using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Notifications;

/// <summary>What a notification says.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Outcome">How the saga ends.</param>
/// <param name="Error">What failed, where something did.</param>
public sealed record Notice(string OrderId, int Generation, SagaOutcome Outcome, string? Error);
