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
/// <param name="Incidents">What is left undone.</param>
public sealed record SagaView(
    string InstanceId,
    string RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    IReadOnlyList<Incident> Incidents)
{
    /// <summary>Shows a saga that may not have told anything yet.</summary>
    public static SagaView Of(string instanceId, string runtimeStatus, SagaReport? story) => new(
        instanceId,
        runtimeStatus,
        story?.Outcome,
        story?.CompensationIncomplete ?? false,
        story?.Path ?? [],
        story?.Steps ?? [],
        story?.Incidents ?? []);
}
