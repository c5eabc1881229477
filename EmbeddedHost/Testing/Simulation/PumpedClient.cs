using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>The task hub's client as a test uses it: each call lets the host run until it is answered.</summary>
internal sealed class PumpedClient(DurableTestHost host) : DurableTaskClient("test")
{
    public override DurableEntityClient Entities { get; } = new PumpedEntityClient(host);

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation));

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        CallAsync(hub => hub.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation));

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation));

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation));

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        CallAsync(hub => hub.TerminateInstanceAsync(instanceId, options, cancellation));

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        CallAsync(hub => hub.SuspendInstanceAsync(instanceId, reason, cancellation));

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        CallAsync(hub => hub.ResumeInstanceAsync(instanceId, reason, cancellation));

    public override Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.RestartAsync(instanceId, restartWithNewInstanceId, cancellation));

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        // The code is replayed on a thread of its own.
        CallAsync(hub => hub.RewindInstanceAsync(instanceId, reason, cancellation), mayWaitOutside: true);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation));

    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.ListInstanceIdsAsync(runtimeStatus, completedTimeFrom, completedTimeTo, pageSize, lastInstanceKey, cancellation));

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.PurgeInstanceAsync(instanceId, options, cancellation));

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.PurgeAllInstancesAsync(filter, options, cancellation));

    public override Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.GetOrchestrationHistoryAsync(instanceId, cancellation));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => host.List(filter);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<bool> CallAsync(Func<DurableTaskClient, Task> call, bool mayWaitOutside = false) => host.CallAsync(
        async hub =>
        {
            await call(hub);
            return true;
        },
        mayWaitOutside);
}
