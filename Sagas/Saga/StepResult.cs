namespace Sagas;

/// <summary>What an activity answers: done (now, or by an earlier attempt), or refused.</summary>
/// <param name="Refusal">Why it was refused, or null where it is done.</param>
public record StepResult(Refusal? Refusal = null)
{
    /// <summary>The step is done.</summary>
    public static StepResult Done { get; } = new();
}

/// <summary>A business reason not to do a step. It is a value and not an exception: it is never retried and always sends the saga backward.</summary>
/// <param name="Code">The machine-readable reason, such as <c>OutOfStock</c>.</param>
/// <param name="Message">The reason for people.</param>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>The refusal of what comes after a cancel that was granted.</summary>
    public static Refusal Cancelled { get; } = new("Cancelled", "It was cancelled.");

    /// <summary>The refusal of a step that comes after its own compensation: acting now would leave money or stock taken.</summary>
    public static Refusal AlreadyCompensated(string step, string key) =>
        new("AlreadyCompensated", $"{step} of {key} was compensated before; it may not act any more.");
}
