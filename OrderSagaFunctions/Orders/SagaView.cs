using System.Text.Json.Serialization;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>An order's saga as the API shows it.</summary>
/// <param name="InstanceId">The orchestration instance.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
/// <param name="Outcome">How the saga ended, or null where it has not.</param>
/// <param name="CompensationIncomplete">Whether anything that should have been undone is not known to be.</param>
/// <param name="Path">The states entered, in order.</param>
/// <param name="Steps">What happened in each.</param>
/// <param name="Incidents">What was left undone, and what became of it.</param>
/// <param name="Parked">Where it, or the first of its children, waits for an operator, while it does; each child says the same of itself.</param>
public sealed record SagaView(
    string InstanceId,
    string RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    IReadOnlyList<Incident> Incidents,
    ParkedState? Parked)
{
    /// <summary>The stories of its children, where the order comes from several locations.</summary>
    public IReadOnlyList<ChildView>? Children { get; init; }

    /// <summary>The same as it is told to those who do not run this service: without the messages of exceptions.</summary>
    internal SagaView ForCallers() => this with
    {
        Steps = [.. Steps.Select(step => step.ForCallers())],
        Children = Children is null ? null : [.. Children.Select(static child => child with { Steps = [.. child.Steps.Select(step => step.ForCallers())], Parked = ForCallers(child.Parked) })],
        Incidents = [.. Incidents.Select(incident => incident with { Error = StepFailure.ForCallers(StepOutcome.Failed, incident.Error) })],
        Parked = ForCallers(Parked),
    };

    /// <summary>Shows a saga, which may not have told anything yet.</summary>
    public static SagaView Of(string instanceId, string runtimeStatus, SagaReport? story, IReadOnlyList<ParkedState> waits, IReadOnlyList<Incident> incidents) => new(
        instanceId,
        runtimeStatus,
        story?.Outcome,
        incidents.Any(incident => incident.Status == IncidentStatus.Open),
        story?.Path ?? [],
        story?.Steps ?? [],
        incidents,
        waits is [var first, ..] ? first : null)
    {
        Children = story?.Children is { } children
            ? [.. children.Select(child => ChildView.Of(child, waits.FirstOrDefault(wait => wait.Scope == child.Scope)))]
            : null,
    };

    private static ParkedState? ForCallers(ParkedState? parked) =>
        parked is null ? null : parked with { Error = StepFailure.ForCallers(StepOutcome.Failed, parked.Error) };
}
