namespace Sagas;

/// <summary>What undoes a step.</summary>
/// <param name="Name">The state, and the activity that does it. It gets the input of the step that it undoes.</param>
/// <param name="FailureNotice">The notification where it fails for good.</param>
public sealed record Compensation(string Name, string FailureNotice)
{
    /// <summary>How it is tried, where not as the settings say.</summary>
    public RetrySettings? Retry { get; init; }

    /// <summary>How long one attempt may take, where not as the settings say.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}

/// <summary>What happens when a compensation has failed for good. In each case someone is notified and an incident is opened.</summary>
public enum CompensationPolicy
{
    /// <summary>The other compensations still run.</summary>
    Continue,

    /// <summary>The compensations of earlier steps do not run; each is left as an incident.</summary>
    Stop,

    /// <summary>The saga waits for an operator, who has it tried again or closes the incident.</summary>
    Park,
}
