namespace OrderSagaFunctions.Saga;

/// <summary>What happened to one step, compensation or notification.</summary>
/// <param name="Name">The state.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="StartedAt">When the saga entered it, by the orchestration's clock.</param>
/// <param name="EndedAt">When it ended, where it has.</param>
/// <param name="Error">Why it was refused or failed.</param>
public sealed record StepReport(
    string Name, StepOutcome Outcome, int Attempts, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, string? Error = null)
{
    /// <summary>How many attempts it may take, the first included; null unless it waits for one after the first, or that runs.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>When the next attempt comes, by the orchestration's clock; null unless it waits for one.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Whether it waits for an attempt after the first, or that runs.</summary>
    internal bool IsRetrying => MaxAttempts is not null;

    /// <summary>The same as it is told to those who do not run this service.</summary>
    internal StepReport ForCallers() => Error is null ? this : this with { Error = StepFailure.ForCallers(Outcome, Error) };
}
