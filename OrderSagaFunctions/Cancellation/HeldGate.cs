namespace OrderSagaFunctions.Cancellation;

/// <summary>A cancel gate that somebody holds.</summary>
/// <param name="IsCancel">Whether a cancel holds it; else the saga that passed its pivot.</param>
/// <param name="By">Who cancelled; empty where not known.</param>
/// <param name="At">Since when.</param>
internal sealed record HeldGate(bool IsCancel, string By, DateTimeOffset At);
