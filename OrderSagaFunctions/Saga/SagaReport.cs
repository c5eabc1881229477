namespace OrderSagaFunctions.Saga;

/// <summary>
/// The story of a saga: its custom status while it runs, stored when it ends. Its size depends on nothing but how many
/// children the saga has.
/// </summary>
/// <param name="Path">The states entered, in order.</param>
/// <param name="Steps">What happened in each.</param>
/// <param name="Outcome">How it ended, or null while it runs.</param>
/// <param name="CompensationIncomplete">Whether anything that should have been undone, or done after the pivot, is not known to be.</param>
/// <param name="Incidents">What that is.</param>
/// <param name="Parked">Where it waits for an operator, while it does.</param>
/// <param name="Children">The stories of its children, where a step fanned out.</param>
public sealed record SagaReport(
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<Incident> Incidents,
    ParkedState? Parked = null,
    IReadOnlyList<ChildReport>? Children = null)
{
    /// <summary>Whether a state was passed, by the saga or by one of its children.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scope">Which child; null for the saga itself.</param>
    public bool HasDone(string state, string? scope) =>
        (scope is null ? Steps : Children?.FirstOrDefault(child => child.Scope == scope)?.Steps ?? [])
            .Any(step => step.Name == state && step.Outcome == StepOutcome.Succeeded);
}
