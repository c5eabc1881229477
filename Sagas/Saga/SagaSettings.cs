namespace Sagas;

/// <summary>
/// What an orchestrator's decisions depend on, captured in its input when it is started. Read live it would make a replay
/// after a change of settings decide otherwise than the first run did.
/// </summary>
/// <param name="OnCompensationFailure">What to do when a compensation has failed for good.</param>
/// <param name="ReviewTimeout">How long a saga waits for a person's review.</param>
/// <param name="OnStepExhausted">What to do when a step's attempts have run out.</param>
/// <param name="ParkTimeout">How long a parked step waits for an operator.</param>
/// <param name="Step">How a step is tried.</param>
/// <param name="Compensation">How a compensation, or anything else that has to happen in the end, is tried.</param>
/// <param name="Overrides">The activities that are tried otherwise, by name.</param>
public sealed record SagaSettings(
    CompensationPolicy OnCompensationFailure,
    TimeSpan ReviewTimeout,
    ExhaustedPolicy OnStepExhausted,
    TimeSpan ParkTimeout,
    RetrySettings Step,
    RetrySettings Compensation,
    IReadOnlyDictionary<string, RetryOverride>? Overrides)
{
    /// <summary>How an activity of a step is tried.</summary>
    public RetrySettings ForStep(SagaStep step, string activity) =>
        Override(activity, step.Retry ?? (step.Kind == StepKind.Compensatable ? Step : Compensation));

    /// <summary>How a compensation is tried.</summary>
    public RetrySettings ForCompensation(Compensation compensation) => Override(compensation.Name, compensation.Retry ?? Compensation);

    /// <summary>How an activity that has to happen in the end is tried.</summary>
    internal RetrySettings ForFinal(string activity) => Override(activity, Compensation);

    // Settings from the environment may be spelt in any case.
    private RetrySettings Override(string activity, RetrySettings general) =>
        Overrides?.FirstOrDefault(special => string.Equals(special.Key, activity, StringComparison.OrdinalIgnoreCase)).Value is { } found
            ? found.Over(general)
            : general;
}

/// <summary>What a saga's orchestrator starts with.</summary>
/// <typeparam name="T">What it is about.</typeparam>
/// <param name="About">What it is about.</param>
/// <param name="Settings">The settings of the moment, which hold for the whole run.</param>
public sealed record SagaInput<T>(T About, SagaSettings Settings);
