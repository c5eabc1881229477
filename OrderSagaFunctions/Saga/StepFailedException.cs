namespace OrderSagaFunctions.Saga;

/// <summary>Ends the forward part of a saga. It never leaves the orchestrator.</summary>
internal sealed class StepFailedException(StepFailure failure) : Exception(failure.Message)
{
    public StepFailedException(string step, Refusal refusal)
        : this(StepFailure.Of(step, refusal))
    {
    }

    public StepFailure Failure { get; } = failure;
}
