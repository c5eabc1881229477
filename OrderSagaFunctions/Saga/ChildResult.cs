namespace OrderSagaFunctions.Saga;

/// <summary>What a child saga returns. It never throws: its parent has to know what it completed and why it stopped.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">What happened in each of its states.</param>
/// <param name="Incidents">What it had to leave undone.</param>
/// <param name="Notices">How many notifications it sent.</param>
/// <param name="Parks">How often it waited for an operator.</param>
public sealed record ChildResult(
    SagaOutcome Outcome, IReadOnlyList<StepReport> Steps, IReadOnlyList<Incident> Incidents, int Notices, int Parks)
{
    /// <summary>Where it stopped, or null where it is done.</summary>
    public StepFailure? Failure { get; init; }
}
