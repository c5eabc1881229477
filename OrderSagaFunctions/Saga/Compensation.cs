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

/// <summary>A compensation that may have to run.</summary>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">The input of the step that it undoes; of one that fanned out, its <see cref="FanOut"/>.</param>
/// <param name="Scope">Which part of a fan-out it belongs to; null where to none.</param>
internal sealed record Undo(Compensation Compensation, object Input, string? Scope = null)
{
    /// <summary>Which of the undos with this compensation it is, counted from 1: a step may be done more than once, each time with another input.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Whether an earlier run of the saga may have done its step, and not this one.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>The same, numbered after those that are there before it.</summary>
    public Undo After(IEnumerable<Undo> earlier) =>
        this with { Number = earlier.Count(other => other.Compensation.Name == Compensation.Name) + 1 };

    /// <summary>What is left undone where it does not run: of a fan-out, what its children have done.</summary>
    public IEnumerable<Undo> Parts => Input is FanOut fanOut ? fanOut.Children.Where(fanOut.HasToBeUndone).SelectMany(child => child.UndosInReverse) : [this];
}
