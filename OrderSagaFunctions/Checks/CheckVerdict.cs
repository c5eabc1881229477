namespace OrderSagaFunctions.Checks;

/// <summary>What one check says. A flag does not fail the order: it sends it to a person.</summary>
/// <param name="Flag">The flag, or null where there is nothing to say.</param>
public sealed record CheckVerdict(CheckFlag? Flag)
{
    /// <summary>Nothing to say.</summary>
    public static CheckVerdict Pass { get; } = new((CheckFlag?)null);
}
