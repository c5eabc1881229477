using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>Ends the forward part of a saga. It never leaves the orchestrator.</summary>
internal sealed class StepFailedException : Exception
{
    public StepFailedException(string activity, Refusal refusal)
        : base($"{activity} was refused: {refusal.Message}")
    {
        Step = activity;
        Outcome = StepOutcome.Refused;
        Error = $"{refusal.Code}: {refusal.Message}";
    }

    public StepFailedException(string activity, TaskFailureDetails failure)
        : base($"{activity} failed: {failure.ErrorMessage}")
    {
        Step = activity;
        Outcome = StepOutcome.Failed;
        Error = InjectedFaultException.IsCauseOf(activity, failure)
            ? InjectedFaultException.NameOf(activity)
            : $"{failure.ErrorType[(failure.ErrorType.LastIndexOf('.') + 1)..]}: {failure.ErrorMessage}";
    }

    public StepFailedException(StepFailure failure)
        : base(failure.Message)
    {
        Step = failure.Step;
        Outcome = failure.Outcome;
        Error = failure.Error;
    }

    /// <summary>Where.</summary>
    public string Step { get; }

    public StepOutcome Outcome { get; }

    /// <summary>What the report says of it.</summary>
    public string Error { get; }

    /// <summary>The same as a value.</summary>
    public StepFailure ToValue() => new(Step, Outcome, Error, Message);
}
