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
/// <param name="Parked">Where it waits for an operator, while it does.</param>
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
    public IReadOnlyList<ChildReport>? Children { get; init; }

    /// <summary>The same as it is told to those who do not run this service: without the messages of exceptions.</summary>
    internal SagaView ForCallers() => this with
    {
        Steps = [.. Steps.Select(step => step.ForCallers())],
        Children = Children is null ? null : [.. Children.Select(child => child with { Steps = [.. child.Steps.Select(step => step.ForCallers())] })],
        Incidents = [.. Incidents.Select(incident => incident with { Error = StepFailure.ForCallers(StepOutcome.Failed, incident.Error) })],
        Parked = Parked is null ? null : Parked with { Error = StepFailure.ForCallers(StepOutcome.Failed, Parked.Error) },
    };

    /// <summary>Shows a saga, which may not have told anything yet.</summary>
    public static SagaView Of(string instanceId, string runtimeStatus, SagaReport? story, ParkedState? waiting, IReadOnlyList<Incident> incidents) => new(
        instanceId,
        runtimeStatus,
        story?.Outcome,
        incidents.Any(incident => incident.Status == IncidentStatus.Open),
        story?.Path ?? [],
        story?.Steps ?? [],
        incidents,
        waiting)
    {
        Children = story?.Children,
    };
}
