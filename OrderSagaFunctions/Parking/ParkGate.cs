using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Parking;

/// <summary>Which wait of which saga a decision is about.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Number">Which wait of that saga, or of its child.</param>
/// <param name="Scope">Which child; null for the saga itself.</param>
public sealed record ParkGate(string Key, int Generation, int Number, string? Scope)
{
    /// <summary>The rest of the row keys. Padded, so that rows sort as the waits came.</summary>
    internal string Suffix => Scope is null ? $"{Generation:D4}-{Number:D6}" : $"{Generation:D4}-{Number:D6}-{Scope}";

    /// <summary>The gate of a wait.</summary>
    public static ParkGate Of(ParkTask task) => new(task.Key, task.Generation, task.Number, task.Scope);

    /// <summary>The gate that a bid is for.</summary>
    public static ParkGate Of(ParkBid bid) => new(bid.Key, bid.Generation, bid.Number, bid.Scope);
}
