using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>Ends the forward part of a saga. It never leaves the orchestrator.</summary>
internal sealed class StepFailedException : Exception
{
    public StepFailedException(string activity, Refusal refusal)
        : base($"{activity} was refused: {refusal.Message}")
    {
        Outcome = StepOutcome.Refused;
        Error = $"{refusal.Code}: {refusal.Message}";
    }

    public StepFailedException(string activity, TaskFailureDetails failure)
        : base($"{activity} failed: {failure.ErrorMessage}")
    {
        Outcome = StepOutcome.Failed;
        Error = InjectedFaultException.IsCauseOf(failure)
            ? failure.ErrorMessage
            : $"{failure.ErrorType[(failure.ErrorType.LastIndexOf('.') + 1)..]}: {failure.ErrorMessage}";
    }

    public StepOutcome Outcome { get; }

    /// <summary>What the report says of it.</summary>
    public string Error { get; }
}
