namespace Sagas;

/// <summary>A step of a saga, declared once as data: what is run and what is told of it both come from here.</summary>
/// <param name="Name">The state.</param>
public sealed record SagaStep(string Name)
{
    /// <summary>The activities that do it: the one of its own name, unless said otherwise.</summary>
    public IReadOnlyList<string> Activities { get; init; } = [Name];

    /// <summary>What it means for the way back.</summary>
    public StepKind Kind { get; init; } = StepKind.Compensatable;

    /// <summary>A step in which the saga waits for a person (<see cref="SagaRun.ReviewAsync"/>), which it may pass by.</summary>
    /// <param name="name">The state.</param>
    public static SagaStep ForReview(string name) => new(name) { Activities = [SagaActivities.RequestReview, SagaActivities.DecideReview], IsOptional = true };

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

/// <summary>What a step means for the way back (Richardson, "Microservices Patterns", chapter 4).</summary>
public enum StepKind
{
    /// <summary>It can be undone, or changes nothing.</summary>
    Compensatable,

    /// <summary>The point of no return: until it is passed the saga may go backward, after it never.</summary>
    Pivot,

    /// <summary>It comes after the pivot. It is tried as long as a compensation and, where even that is not enough, left as an incident, whose retry does it.</summary>
    Retriable,
}

/// <summary>What happens when the attempts of a step have run out. A refusal never gets here: it always goes backward.</summary>
public enum ExhaustedPolicy
{
    /// <summary>The saga goes backward.</summary>
    Compensate,

    /// <summary>The saga keeps what is done and waits for an operator, up to a deadline: forward recovery.</summary>
    Park,
}

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
