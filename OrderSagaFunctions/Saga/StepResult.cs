namespace OrderSagaFunctions.Saga;

/// <summary>What an activity answers: done (now, or by an earlier attempt), or refused.</summary>
/// <param name="Refusal">Why it was refused, or null where it is done.</param>
public record StepResult(Refusal? Refusal = null)
{
    /// <summary>The step is done.</summary>
    public static StepResult Done { get; } = new();
}
