namespace OrderSagaFunctions.Saga;

/// <summary>A step of a saga, declared once as data: what is run and what is told of it both come from here.</summary>
/// <param name="Name">The state.</param>
public sealed record SagaStep(string Name)
{
    /// <summary>The activities that do it: the one of its own name, unless said otherwise.</summary>
    public IReadOnlyList<string> Activities { get; init; } = [Name];

    /// <summary>What it means for the way back.</summary>
    public StepKind Kind { get; init; } = StepKind.Compensatable;

    /// <summary>What undoes it, or null where it changes nothing.</summary>
    public Compensation? Compensation { get; init; }

    /// <summary>The saga that its children run, where it may fan out; null where it does not.</summary>
    public string? Children { get; init; }

    /// <summary>Whether the saga may pass by without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>How it is tried, where not as the settings say.</summary>
    public RetrySettings? Retry { get; init; }

    /// <summary>How long one attempt may take, where not as the settings say.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>What happens when its attempts have run out, where not as the settings say.</summary>
    public ExhaustedPolicy? OnExhausted { get; init; }
}
