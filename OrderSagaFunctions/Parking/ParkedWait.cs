using OrderSagaFunctions.Http;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Parking;

/// <summary>A wait of a parked saga, and what was decided about it.</summary>
/// <param name="Task">What it waits or waited for.</param>
/// <param name="Since">Since when.</param>
internal sealed record ParkedWait(ParkTask Task, DateTimeOffset Since)
{
    /// <summary>The decision that stands, or null where there is none.</summary>
    public ParkDecision? Decision { get; init; }

    /// <summary>Who decided, why and when, where somebody has.</summary>
    public StoredNote? Note { get; init; }

    /// <summary>What the saga's story says of it.</summary>
    public ParkedState ToState() => new(Task.State, Task.Error, Since, Task.Deadline) { Scope = Task.Scope };

    /// <summary>Whether somebody is to decide it for the saga of an instance: one that took over from another does not wait where that one did.</summary>
    public bool IsOpenOf(string instanceId) =>
        Decision is null && (Task.Scope is not null || (Task.InstanceId ?? instanceId) == instanceId);
}
