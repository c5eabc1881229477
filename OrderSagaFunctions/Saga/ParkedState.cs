namespace OrderSagaFunctions.Saga;

/// <summary>Where a parked saga waits.</summary>
/// <param name="State">The step or compensation whose attempts have run out.</param>
/// <param name="Error">Why the last one failed.</param>
/// <param name="Since">Since when.</param>
/// <param name="Deadline">When no decision becomes the way backward; null where the saga waits for ever.</param>
public sealed record ParkedState(string State, string Error, DateTimeOffset Since, DateTimeOffset? Deadline)
{
    /// <summary>Which child of the saga waits; null for the saga itself.</summary>
    public string? Scope { get; init; }
}
