using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using HistoryEvent = DurableTask.Core.History.HistoryEvent;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace EmbeddedHost.Framework;

/// <summary>The client of a task hub that a store of the Durable Task Framework has, for every host that shares it.</summary>
/// <remarks>That a terminate or purge is to be recursive it cannot say to a store, as the Functions host cannot.</remarks>
/// <param name="service">The store.</param>
/// <param name="converter">Writes and reads payloads.</param>
/// <param name="clock">Now, for signals of entities and for waits.</param>
/// <param name="version">The version of instances that are started without one.</param>
internal sealed class FrameworkClient(IOrchestrationServiceClient service, DataConverter converter, TimeProvider clock, string? version = null)
    : DurableTaskClient("framework")
{
    // A store tells nobody of an end: it is asked often at first, when somebody waits for an answer, and then ever less. Each question
    // is a request to the account, and many may wait.
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(1);

    // What the Functions host takes for an id that is in use.
    private static readonly OrchestrationStatus[] InUse =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.ContinuedAsNew];

    private DurableEntityClient? _entities;

    /// <exception cref="NotSupportedException">The store has no entities.</exception>
    public override DurableEntityClient Entities => _entities ??=
        service is IEntityOrchestrationService { EntityBackendProperties: { } properties, EntityBackendQueries: { } queries }
            ? new FrameworkEntityClient(service, properties, queries, converter, clock)
            : throw new NotSupportedException("The store has no entities.");

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (options?.InstanceId is { } id)
        {
            InstanceIds.Check(id);
        }

        return StartAsync(
            options?.InstanceId,
            new ExecutionStartedEvent(-1, converter.Serialize(input))
            {
                Name = orchestratorName.Name,
                Version = options?.Version?.Version ?? version ?? "",
                ScheduledStartTime = options?.StartAt?.UtcDateTime,
                Tags = options?.Tags.ToDictionary(),
            },
            [.. InUse.Union((options?.DedupeStatuses ?? []).Select(Enum.Parse<OrchestrationStatus>))]);
    }

    // As the Functions host does: the stores know no restart. The version is that of the hub.
    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        var old = await ExistingAsync(instanceId);
        return await StartAsync(
            restartWithNewInstanceId ? null : instanceId,
            new ExecutionStartedEvent(-1, old.Input) { Name = old.Name, Version = version ?? "", Tags = old.Tags },
            InUse);
    }

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        var state = await ExistingAsync(instanceId);
        if (state.OrchestrationStatus != OrchestrationStatus.Failed)
        {
            throw new InvalidOperationException($"The instance '{instanceId}' is {state.OrchestrationStatus}: only one that has failed can be rewound.");
        }

        await (service is AzureStorageOrchestrationService storage
            ? storage.RewindTaskOrchestrationAsync(instanceId, reason)
            : throw new NotSupportedException("The store cannot rewind."));
    }

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        _ = await ExistingAsync(instanceId);
        return FrameworkHistory.Read(await service.GetOrchestrationHistoryAsync(instanceId, executionId: null));
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, new EventRaisedEvent(-1, converter.Serialize(eventPayload)) { Name = eventName });
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        _ = await ExistingAsync(instanceId);
        await service.ForceTerminateTaskOrchestrationAsync(instanceId, converter.Serialize(options?.Output));
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await StateAsync(instanceId) is { } state ? Metadata(state, getInputsAndOutputs) : null;

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create(async (continuation, pageSize, cancellation) =>
        {
            var payloads = filter?.FetchInputsAndOutputs ?? false;
            var found = await ((IOrchestrationServiceQueryClient)service).GetOrchestrationWithQueryAsync(
                new DurableTask.Core.Query.OrchestrationQuery
                {
                    RuntimeStatus = [.. Statuses(filter?.Statuses)],
                    CreatedTimeFrom = filter?.CreatedFrom?.UtcDateTime,
                    CreatedTimeTo = filter?.CreatedTo?.UtcDateTime,
                    InstanceIdPrefix = filter?.InstanceIdPrefix,
                    PageSize = pageSize ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize,
                    ContinuationToken = continuation ?? filter?.ContinuationToken,
                    FetchInputsAndOutputs = payloads,
                    // As the Functions host asks.
                    ExcludeEntities = true,
                },
                cancellation);
            return new Page<OrchestrationMetadata>(
                [.. found.OrchestrationState.Select(state => Metadata(state, payloads))], found.ContinuationToken);
        });

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Result(await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(instanceId));

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Result(await ((IOrchestrationServicePurgeClient)service).PurgeInstanceStateAsync(new PurgeInstanceFilter(
            filter.CreatedFrom?.UtcDateTime ?? default, filter.CreatedTo?.UtcDateTime, [.. Statuses(filter.Statuses)])));

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, static row => row.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, static row => row.IsCompleted, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A status has the same number in the client's enumeration and in the Framework's.
    private static IEnumerable<OrchestrationStatus> Statuses(IEnumerable<OrchestrationRuntimeStatus>? statuses) =>
        (statuses ?? []).Select(static status => (OrchestrationStatus)status);

    private static PurgeResult Result(DurableTask.Core.PurgeResult result) => new(result.DeletedInstanceCount, result.IsComplete);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private async Task<OrchestrationState?> StateAsync(string instanceId) =>
        await service.GetOrchestrationStateAsync(instanceId, allExecutions: false) is [{ } state, ..] ? state : null;

    private async Task<string> StartAsync(string? instanceId, ExecutionStartedEvent started, OrchestrationStatus[] dedupe)
    {
        started.OrchestrationInstance = new OrchestrationInstance
        {
            InstanceId = string.IsNullOrEmpty(instanceId) ? Guid.NewGuid().ToString("N") : instanceId,
            ExecutionId = Guid.NewGuid().ToString("N"),
        };
        await service.CreateTaskOrchestrationAsync(
            new TaskMessage { OrchestrationInstance = started.OrchestrationInstance, Event = started }, dedupe);
        return started.OrchestrationInstance.InstanceId;
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool payloads, Func<OrchestrationMetadata, bool> isReached, CancellationToken cancellation)
    {
        for (var pause = FirstPoll; ; pause = pause < LastPoll ? pause * 1.5 : LastPoll)
        {
            if (await GetInstanceAsync(instanceId, payloads, cancellation) is { } row && isReached(row))
            {
                return row;
            }

            await Task.Delay(pause, clock, cancellation);
        }
    }

    private OrchestrationMetadata Metadata(OrchestrationState state, bool payloads) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        DataConverter = payloads ? converter : null,
        RuntimeStatus = (OrchestrationRuntimeStatus)state.OrchestrationStatus,
        CreatedAt = Utc(state.CreatedTime),
        LastUpdatedAt = Utc(state.LastUpdatedTime),
        SerializedInput = payloads ? state.Input : null,
        SerializedOutput = payloads ? state.Output : null,
        SerializedCustomStatus = state.Status,
        Tags = state.Tags?.AsReadOnly() ?? new Dictionary<string, string>(StringComparer.Ordinal).AsReadOnly(),
        FailureDetails = state.FailureDetails?.Shown(),
    };

    // A store takes messages to anybody, and drops those to nobody unseen.
    private async Task SendAsync(string instanceId, HistoryEvent e)
    {
        _ = await ExistingAsync(instanceId);
        await service.SendTaskOrchestrationMessageAsync(
            new TaskMessage { OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId }, Event = e });
    }

    private async Task<OrchestrationState> ExistingAsync(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await StateAsync(instanceId) ?? throw InstanceIds.Unknown(instanceId);
    }
}
