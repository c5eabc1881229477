namespace OrderSagaFunctions.Saga;

/// <summary>What the cancel gate says.</summary>
/// <param name="IsCancelled">Whether a cancel holds it; else the saga has passed its pivot.</param>
public sealed record CancelVerdict(bool IsCancelled);
