namespace OrderSagaFunctions.Saga;

/// <summary>
/// What an orchestrator's decisions depend on, captured in its input when the order is submitted. Read live it would
/// make a replay after a change of settings decide otherwise than the first run did.
/// </summary>
/// <param name="OnCompensationFailure">What to do when a compensation has failed for good.</param>
/// <param name="ReviewTimeout">How long an order waits for a person.</param>
/// <param name="Step">How a step is tried.</param>
/// <param name="Compensation">How a compensation, or anything else that has to happen in the end, is tried.</param>
/// <param name="Overrides">The steps and compensations that are tried otherwise, by name.</param>
public sealed record SagaSettings(
    CompensationPolicy OnCompensationFailure,
    TimeSpan ReviewTimeout,
    RetrySettings Step,
    RetrySettings Compensation,
    IReadOnlyDictionary<string, RetrySettings>? Overrides)
{
    /// <summary>How the named step is tried.</summary>
    public RetrySettings ForStep(string name) => Override(name) ?? Step;

    /// <summary>How the named compensation or notification is tried.</summary>
    public RetrySettings ForCompensation(string name) => Override(name) ?? Compensation;

    private RetrySettings? Override(string name) => Overrides?.GetValueOrDefault(name);
}
