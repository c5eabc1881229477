using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

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
    internal static string ForCallers(StepOutcome outcome, string error) =>
        outcome == StepOutcome.Refused || error.All(char.IsAsciiLetterOrDigit) ? error : Technical;

    internal static StepFailure Of(string step, Refusal refusal) =>
        new(step, StepOutcome.Refused, $"{refusal.Code}: {refusal.Message}", $"{step} was refused: {refusal.Message}");

    internal static StepFailure Of(string step, TaskFailureDetails details)
    {
        var type = details.ErrorType[(details.ErrorType.LastIndexOf('.') + 1)..];
        var error = InjectedFaultException.IsCauseOf(step, details) ? InjectedFaultException.NameOf(step) : $"{type}: {details.ErrorMessage}";
        return new StepFailure(step, StepOutcome.Failed, error, $"{step} failed: {details.ErrorMessage}");
    }
}

/// <summary>Ends the forward part of a saga. It never leaves the orchestrator.</summary>
internal sealed class StepFailedException(StepFailure failure) : Exception(failure.Message)
{
    public StepFailedException(string step, Refusal refusal)
        : this(StepFailure.Of(step, refusal))
    {
    }

    public StepFailure Failure { get; } = failure;
}

/// <summary>
/// Ends a saga that went backward, so that its instance is Failed and every operator's "show me what failed" finds it.
/// </summary>
public sealed class SagaFailedException(string message) : Exception(message);
