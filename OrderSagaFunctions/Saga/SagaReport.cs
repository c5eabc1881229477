namespace OrderSagaFunctions.Saga;

/// <summary>
/// The story of a saga: its custom status while it runs, stored with the order when it ends. Its size does not depend on
/// the order's, and stays far below the 16 KB that a custom status may have.
/// </summary>
/// <param name="Path">The states entered, in order.</param>
/// <param name="Steps">What happened in each.</param>
/// <param name="Outcome">How it ended, or null while it runs.</param>
/// <param name="CompensationIncomplete">Whether anything that should have been undone is not known to be.</param>
/// <param name="Incidents">What that is.</param>
/// <param name="Parked">Where it waits for an operator, while it does.</param>
public sealed record SagaReport(
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<Incident> Incidents,
    ParkedState? Parked = null);
