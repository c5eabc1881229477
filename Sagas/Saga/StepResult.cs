using Microsoft.DurableTask;

namespace Sagas;

/// <summary>What an activity answers: done (now, or by an earlier attempt), or refused.</summary>
/// <param name="Refusal">Why it was refused, or null where it is done.</param>
public record StepResult(Refusal? Refusal = null)
{
    /// <summary>The step is done.</summary>
    public static StepResult Done { get; } = new();

    /// <summary>The same of a pivot that has passed its gate itself: told by the instance, it spares the kit a look at the gate.</summary>
    public static StepResult Passed { get; } = new();
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

/// <summary>Why a step was not done; as a value it can leave its orchestrator.</summary>
/// <param name="Step">Where.</param>
/// <param name="Outcome">Refused, or failed technically.</param>
/// <param name="Error">What the report says of it.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record StepFailure(string Step, StepOutcome Outcome, string Error, string Message)
{
    /// <summary>What is said of a technical failure to those who do not run this service.</summary>
    internal const string Technical = "A technical failure. The operators of this service have the details.";

    /// <summary>
    /// What is told of an error outside: a refusal is made for it, as an injected error's name is; an exception's message may
    /// name hosts, addresses and files.
    /// </summary>
    public static string ForCallers(StepOutcome outcome, string error) =>
        outcome == StepOutcome.Refused || error.All(char.IsAsciiLetterOrDigit) ? error : Technical;

    /// <summary>The failure of a step that was refused.</summary>
    /// <param name="step">The step.</param>
    /// <param name="refusal">Why it was refused.</param>
    public static StepFailure Of(string step, Refusal refusal) =>
        new(step, StepOutcome.Refused, $"{refusal.Code}: {refusal.Message}", $"{step} was refused: {refusal.Message}");

    /// <summary>The failure of a step whose activity has thrown for the last time.</summary>
    /// <param name="step">The step.</param>
    /// <param name="details">What the engine knows of the exception.</param>
    public static StepFailure Of(string step, TaskFailureDetails details)
    {
        var type = details.ErrorType[(details.ErrorType.LastIndexOf('.') + 1)..];
        var error = NotRetriableException.IsCauseOf(details) ? details.ErrorMessage : $"{type}: {details.ErrorMessage}";
        return new StepFailure(step, StepOutcome.Failed, error, $"{step} failed: {details.ErrorMessage}");
    }
}

/// <summary>Ends the forward part of a saga. It never leaves the orchestrator.</summary>
/// <param name="failure">Which step was not done, and why.</param>
public sealed class StepFailedException(StepFailure failure) : Exception(failure.Message)
{
    /// <summary>Ends the forward part because a step was refused.</summary>
    /// <param name="step">The step.</param>
    /// <param name="refusal">Why it was refused.</param>
    public StepFailedException(string step, Refusal refusal)
        : this(StepFailure.Of(step, refusal))
    {
    }

    /// <summary>Which step was not done, and why.</summary>
    public StepFailure Failure { get; } = failure;
}

/// <summary>
/// Ends a saga that went backward, so that its instance is Failed and every operator's "show me what failed" finds it.
/// </summary>
public sealed class SagaFailedException(string message) : Exception(message)
{
    /// <summary>Nothing: a saga that failed has an outcome, which its message tells; where the kit throws it says nothing, and is slow to find out.</summary>
    public override string? StackTrace => null;
}

/// <summary>A technical failure that no further attempt would mend: it is not retried. Its message is told outside, and so names no host and no file.</summary>
/// <param name="message">What failed, as a name or a sentence.</param>
public sealed class NotRetriableException(string message) : Exception(message)
{
    // What such failures were called in histories until November 2026, which are still replayed.
    private const string EarlierName = "InjectedFaultException";

    /// <summary>
    /// Whether a failed activity failed so, by the exception's type. A host that hands on no types has it tried again, which does
    /// no harm but to take longer.
    /// </summary>
    internal static bool IsCauseOf(TaskFailureDetails failure) =>
        failure.ErrorType[(failure.ErrorType.LastIndexOf('.') + 1)..] is nameof(NotRetriableException) or EarlierName;
}
