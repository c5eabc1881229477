using DurableTask.Core;
using DurableTask.Core.Entities;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Framework;

/// <summary>The client of the entities in a store of the Durable Task Framework.</summary>
/// <param name="service">The store.</param>
/// <param name="properties">What its entities can.</param>
/// <param name="queries">Finds them.</param>
/// <param name="converter">Writes and reads payloads.</param>
/// <param name="clock">Now.</param>
internal sealed class FrameworkEntityClient(
    IOrchestrationServiceClient service, EntityBackendProperties properties, EntityBackendQueries queries, DataConverter converter, TimeProvider clock)
    : DurableEntityClient("framework")
{
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
            converter.Serialize(input),
            EntityMessageEvent.GetCappedScheduledTime(
                clock.GetUtcNow().UtcDateTime, properties.MaximumSignalDelayTime, options?.SignalTime?.UtcDateTime));
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
        Id(found), found.SerializedState is null ? null : new SerializedData(found.SerializedState, converter))
    {
        LastModifiedTime = Utc(found.LastModifiedTime),
        BacklogQueueSize = found.BacklogQueueSize,
        LockedBy = found.LockedBy,
    };

    private EntityMetadata<T> Metadata<T>(EntityBackendQueries.EntityMetadata found) =>
        new(Id(found), converter.Deserialize<T>(found.SerializedState))
        {
            LastModifiedTime = Utc(found.LastModifiedTime),
            BacklogQueueSize = found.BacklogQueueSize,
            LockedBy = found.LockedBy,
        };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static EntityInstanceId Id(EntityBackendQueries.EntityMetadata found) => new(found.EntityId.Name, found.EntityId.Key);
}
