namespace OrderSagaFunctions.Saga;

/// <summary>What the gate of a parked saga says.</summary>
/// <param name="Decision">The decision that stands, or null where there is none.</param>
public sealed record ParkVerdict(ParkDecision? Decision);
