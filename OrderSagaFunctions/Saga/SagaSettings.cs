namespace OrderSagaFunctions.Saga;

/// <summary>
/// What an orchestrator's decisions depend on, captured in its input when the order is submitted. Read live it would
/// make a replay after a change of settings decide otherwise than the first run did.
/// </summary>
/// <param name="OnCompensationFailure">What to do when a compensation has failed for good.</param>
/// <param name="ReviewTimeout">How long an order waits for a person.</param>
/// <param name="OnStepExhausted">What to do when a step's attempts have run out.</param>
/// <param name="ParkTimeout">How long a parked step waits for an operator.</param>
/// <param name="Step">How a step is tried.</param>
/// <param name="Compensation">How a compensation, or anything else that has to happen in the end, is tried.</param>
/// <param name="Overrides">The steps and compensations that are tried otherwise, by name.</param>
public sealed record SagaSettings(
    CompensationPolicy OnCompensationFailure,
    TimeSpan ReviewTimeout,
    ExhaustedPolicy OnStepExhausted,
    TimeSpan ParkTimeout,
    RetrySettings Step,
    RetrySettings Compensation,
    IReadOnlyDictionary<string, RetrySettings>? Overrides)
{
    /// <summary>How an activity of a step is tried.</summary>
    internal RetrySettings ForStep(SagaStep step, string activity) =>
        Override(activity) ?? step.Retry ?? (step.Kind == StepKind.Compensatable ? Step : Compensation);

    /// <summary>How the named compensation or notification is tried.</summary>
    public RetrySettings ForCompensation(string name) => Override(name) ?? Compensation;

    private RetrySettings? Override(string name) => Overrides?.GetValueOrDefault(name);
}
