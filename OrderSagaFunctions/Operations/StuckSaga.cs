using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Operations;

/// <summary>A saga that has not written its end, and has not got on for a while.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">The orchestration instance.</param>
/// <param name="RuntimeStatus">The instance's status: Running, Pending (also before its start) or Suspended; another one, or null where it is gone: it was stopped.</param>
/// <param name="LastProgressAt">When it last got on.</param>
/// <param name="State">The state it is in, where it has entered one.</param>
/// <param name="WaitsFor">Whom it waits for, where that is a person.</param>
public sealed record StuckSaga(
    string OrderId,
    string InstanceId,
    OrchestrationRuntimeStatus? RuntimeStatus,
    DateTimeOffset LastProgressAt,
    string? State,
    WaitsFor? WaitsFor);
