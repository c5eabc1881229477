namespace OrderSagaFunctions.Saga;

/// <summary>The input of DecidePark: what woke a parked saga, to be entered at the gate where nobody was there before.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Number">Which wait of that saga.</param>
/// <param name="Decision">What is bid; null only looks.</param>
public sealed record ParkBid(string Key, int Generation, int Number, ParkDecision? Decision)
{
    /// <summary>Which child of the saga; null for the saga itself.</summary>
    public string? Scope { get; init; }
}
