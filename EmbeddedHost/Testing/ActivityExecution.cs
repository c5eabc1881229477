namespace EmbeddedHost.Testing;

/// <summary>An activity in an instance's history.</summary>
/// <param name="Name">The activity's name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="ScheduledAt">When it was asked for, in UTC.</param>
/// <param name="EndedAt">When its result came; null while it is under way.</param>
public sealed record ActivityExecution(string Name, ActivityOutcome Outcome, DateTime ScheduledAt, DateTime? EndedAt)
{
    /// <summary>Its input as JSON; null is none.</summary>
    public string? Input { get; init; }

    /// <summary>Its result as JSON; null is none.</summary>
    public string? Result { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}

/// <summary>What became of an activity.</summary>
public enum ActivityOutcome
{
    /// <summary>It has no result yet.</summary>
    Pending,

    /// <summary>It returned.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,
}
