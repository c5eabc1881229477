using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Converters;
using Newtonsoft.Json.Linq;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>
/// The client over a store of the Durable Task Framework. It adds nothing: what the store says is what a test sees. That a
/// terminate or purge is to be recursive it cannot say to a store, as the Functions host cannot.
/// </summary>
internal sealed class FrameworkClient(IOrchestrationServiceClient service) : DurableTaskClient("contract")
{
    // What the Functions host takes for an id that is in use.
    private static readonly OrchestrationStatus[] InUse =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.ContinuedAsNew];

    private readonly DataConverter _converter = JsonDataConverter.Default;

    public override DurableEntityClient Entities => service is IEntityOrchestrationService { EntityBackendQueries: { } queries }
        ? new FrameworkEntityClient(service, queries)
        : throw new NotSupportedException("The store has no entities.");

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        StartAsync(
            options?.InstanceId,
            new ExecutionStartedEvent(-1, _converter.Serialize(input))
            {
                Name = orchestratorName.Name,
                Version = options?.Version?.Version ?? "",
                ScheduledStartTime = options?.StartAt?.UtcDateTime,
                Tags = options?.Tags.ToDictionary(),
            },
            [.. InUse.Union((options?.DedupeStatuses ?? []).Select(Enum.Parse<OrchestrationStatus>))]);

    // As the Functions host does: the stores know no restart. The version is that of the hub, which has none here.
    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        var old = await StateAsync(instanceId) ?? throw new ArgumentException($"There is no '{instanceId}'.", nameof(instanceId));
        return await StartAsync(
            restartWithNewInstanceId ? null : instanceId,
            new ExecutionStartedEvent(-1, old.Input) { Name = old.Name, Version = "", Tags = old.Tags },
            InUse);
    }

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        service is AzureStorageOrchestrationService storage
            ? storage.RewindTaskOrchestrationAsync(instanceId, reason)
            : throw new NotSupportedException("The store cannot rewind.");

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        [.. JArray.Parse(await service.GetOrchestrationHistoryAsync(instanceId, executionId: null)).Select(Event)];

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new EventRaisedEvent(-1, _converter.Serialize(eventPayload)) { Name = eventName });

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        service.ForceTerminateTaskOrchestrationAsync(instanceId, _converter.Serialize(options?.Output));

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

    private static IEnumerable<OrchestrationStatus> Statuses(IEnumerable<OrchestrationRuntimeStatus>? statuses) =>
        (statuses ?? []).Select(static status => Enum.Parse<OrchestrationStatus>(status.ToString()));

    private static PurgeResult Result(DurableTask.Core.PurgeResult result) => new(result.DeletedInstanceCount, result.IsComplete);

    private static TaskFailureDetails? Failure(FailureDetails? failure) => failure is null
        ? null
        : new TaskFailureDetails(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Failure(failure.InnerFailure), failure.Properties);

    /// <summary>An event of the list that a store writes: its number tells its class.</summary>
    private static HistoryEvent Event(JToken e)
    {
        var type = $"{(EventType)(int)e[nameof(HistoryEvent.EventType)]!}";
        return (HistoryEvent)e.ToObject(HistoryEvent.KnownTypes().Single(known => known.Name == type || known.Name == type + "Event"))!;
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private async Task<OrchestrationState?> StateAsync(string instanceId) =>
        await service.GetOrchestrationStateAsync(instanceId, allExecutions: false) is [{ } state, ..] ? state : null;

    private async Task<string> StartAsync(string? instanceId, ExecutionStartedEvent started, OrchestrationStatus[] dedupe)
    {
        started.OrchestrationInstance = new OrchestrationInstance
        {
            InstanceId = instanceId ?? Guid.NewGuid().ToString("N"),
            ExecutionId = Guid.NewGuid().ToString("N"),
        };
        await service.CreateTaskOrchestrationAsync(
            new TaskMessage { OrchestrationInstance = started.OrchestrationInstance, Event = started }, dedupe);
        return started.OrchestrationInstance.InstanceId;
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool payloads, Func<OrchestrationMetadata, bool> isReached, CancellationToken cancellation)
    {
        // As the Functions host does, but more often.
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await GetInstanceAsync(instanceId, payloads, cancellation) is { } row && isReached(row))
            {
                return row;
            }

            _ = await poll.WaitForNextTickAsync(cancellation);
        }
    }

    private OrchestrationMetadata Metadata(OrchestrationState state, bool payloads) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        DataConverter = payloads ? _converter : null,
        RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(state.OrchestrationStatus.ToString()),
        CreatedAt = Utc(state.CreatedTime),
        LastUpdatedAt = Utc(state.LastUpdatedTime),
        SerializedInput = payloads ? state.Input : null,
        SerializedOutput = payloads ? state.Output : null,
        SerializedCustomStatus = state.Status,
        Tags = state.Tags?.AsReadOnly() ?? new Dictionary<string, string>(StringComparer.Ordinal).AsReadOnly(),
        FailureDetails = Failure(state.FailureDetails),
    };

    private Task SendAsync(string instanceId, HistoryEvent e) => service.SendTaskOrchestrationMessageAsync(
        new TaskMessage { OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId }, Event = e });
}
