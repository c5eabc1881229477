using DurableTask.Core;
using DurableTask.Core.Entities;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>The client of the entities in a store of the Durable Task Framework. It adds nothing, as that of orchestrations does not.</summary>
internal sealed class FrameworkEntityClient(IOrchestrationServiceClient service, EntityBackendQueries queries) : DurableEntityClient("contract")
{
    private readonly DataConverter _converter = JsonDataConverter.Default;

    public override Task SignalEntityAsync(
        EntityInstanceId id,
        string operationName,
        object? input = null,
        SignalEntityOptions? options = null,
        CancellationToken cancellation = default)
    {
        var signal = ClientEntityHelpers.EmitOperationSignal(
            new OrchestrationInstance { InstanceId = $"{id}" },
            Guid.NewGuid(),
            operationName,
            _converter.Serialize(input),
            EntityMessageEvent.GetCappedScheduledTime(
                TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromDays(6), options?.SignalTime?.UtcDateTime));
        return service.SendTaskOrchestrationMessageAsync(signal.AsTaskMessage());
    }

    public override async Task<EntityMetadata?> GetEntityAsync(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        await FindAsync(id, includeState, cancellation) is { } found ? Metadata(found) : null;

    public override async Task<EntityMetadata<T>?> GetEntityAsync<T>(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        await FindAsync(id, includeState, cancellation) is { } found ? Metadata<T>(found) : null;

    public override AsyncPageable<EntityMetadata> GetAllEntitiesAsync(EntityQuery? filter = null) => List(filter, Metadata);

    public override AsyncPageable<EntityMetadata<T>> GetAllEntitiesAsync<T>(EntityQuery? filter = null) => List(filter, Metadata<T>);

    public override async Task<CleanEntityStorageResult> CleanEntityStorageAsync(
        CleanEntityStorageRequest? request = null, bool continueUntilComplete = true, CancellationToken cancellation = default)
    {
        var asked = request ?? CleanEntityStorageRequest.Default;
        var result = await queries.CleanEntityStorageAsync(
            new EntityBackendQueries.CleanEntityStorageRequest
            {
                RemoveEmptyEntities = asked.RemoveEmptyEntities,
                ReleaseOrphanedLocks = asked.ReleaseOrphanedLocks,
                ContinuationToken = asked.ContinuationToken,
            },
            cancellation);
        return new CleanEntityStorageResult
        {
            EmptyEntitiesRemoved = result.EmptyEntitiesRemoved,
            OrphanedLocksReleased = result.OrphanedLocksReleased,
            ContinuationToken = result.ContinuationToken,
        };
    }

    private Task<EntityBackendQueries.EntityMetadata?> FindAsync(EntityInstanceId id, bool includeState, CancellationToken cancellation) =>
        queries.GetEntityAsync(new EntityId(id.Name, id.Key), includeState, includeStateless: false, cancellation);

    private AsyncPageable<T> List<T>(EntityQuery? filter, Func<EntityBackendQueries.EntityMetadata, T> metadata)
        where T : notnull => Pageable.Create(async (continuation, pageSize, cancellation) =>
    {
        var found = await queries.QueryEntitiesAsync(
            new EntityBackendQueries.EntityQuery
            {
                InstanceIdStartsWith = filter?.InstanceIdStartsWith ?? "",
                LastModifiedFrom = filter?.LastModifiedFrom?.UtcDateTime,
                LastModifiedTo = filter?.LastModifiedTo?.UtcDateTime,
                IncludeState = filter?.IncludeState ?? true,
                IncludeTransient = filter?.IncludeTransient ?? false,
                PageSize = pageSize ?? filter?.PageSize,
                ContinuationToken = continuation ?? filter?.ContinuationToken,
            },
            cancellation);
        return new Page<T>([.. found.Results.Select(metadata)], found.ContinuationToken);
    });

    private EntityMetadata Metadata(EntityBackendQueries.EntityMetadata found) => new(
        Id(found), found.SerializedState is null ? null : new SerializedData(found.SerializedState, _converter))
    {
        LastModifiedTime = Utc(found.LastModifiedTime),
        BacklogQueueSize = found.BacklogQueueSize,
        LockedBy = found.LockedBy,
    };

    private EntityMetadata<T> Metadata<T>(EntityBackendQueries.EntityMetadata found) =>
        new(Id(found), _converter.Deserialize<T>(found.SerializedState))
        {
            LastModifiedTime = Utc(found.LastModifiedTime),
            BacklogQueueSize = found.BacklogQueueSize,
            LockedBy = found.LockedBy,
        };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static EntityInstanceId Id(EntityBackendQueries.EntityMetadata found) => new(found.EntityId.Name, found.EntityId.Key);
}
