namespace OrderSagaFunctions.Checks;

/// <summary>Why a person should look at an order.</summary>
/// <param name="Check">The check that says so.</param>
/// <param name="Reason">What it found, and what it would have let pass.</param>
public sealed record CheckFlag(string Check, string Reason);
