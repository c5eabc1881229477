namespace OrderSagaFunctions.Saga;

/// <summary>A step of a saga, declared once as data: what is run and what is told of it both come from here.</summary>
/// <param name="Name">The state, and the activity that does it where the state is one activity's.</param>
internal sealed record SagaStep(string Name)
{
    /// <summary>What it means for the way back.</summary>
    public StepKind Kind { get; init; } = StepKind.Compensatable;

    /// <summary>What undoes it, or null where it changes nothing.</summary>
    public Compensation? Compensation { get; init; }

    /// <summary>Whether the saga may pass by without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>How it is tried, where not as the settings say.</summary>
    public RetrySettings? Retry { get; init; }

    /// <summary>What happens when its attempts have run out, where not as the settings say.</summary>
    public ExhaustedPolicy? OnExhausted { get; init; }
}

/// <summary>What undoes a step.</summary>
/// <param name="Name">The state, and the activity that does it.</param>
/// <param name="FailureNotice">The notification where it fails for good.</param>
internal sealed record Compensation(string Name, string FailureNotice);

/// <summary>A compensation that may have to run, with the input of the step that it undoes.</summary>
internal sealed record Undo(Compensation Compensation, object Input);
