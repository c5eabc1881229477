namespace OrderSagaFunctions.Saga;

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
