using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.Entities;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Engine.Client;

/// <summary>The client of the task hub's entities. What it answers is on disk.</summary>
internal sealed class HubEntityClient(TaskHub hub) : DurableEntityClient("embedded")
{
    private readonly SerializerDataConverter _converter = new(hub.Services.Serializer);

    /// <inheritdoc />
    public override Task SignalEntityAsync(
        EntityInstanceId id,
        string operationName,
        object? input = null,
        SignalEntityOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(id.Name);
        ArgumentNullException.ThrowIfNull(operationName);
        var signal = EntityMessage.Signal($"{id}", operationName, _converter.Serialize(input), options?.SignalTime?.UtcDateTime);
        return hub.SendAsync($"{id}", key: 0, signal);
    }

    /// <inheritdoc />
    public override Task<EntityMetadata?> GetEntityAsync(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        Task.FromResult(Find(id, includeState) is { } row ? Metadata(row) : null);

    /// <inheritdoc />
    public override Task<EntityMetadata<T>?> GetEntityAsync<T>(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        Task.FromResult(Find(id, includeState) is { } row ? Metadata<T>(row) : null);

    /// <inheritdoc />
    public override AsyncPageable<EntityMetadata> GetAllEntitiesAsync(EntityQuery? filter = null) => List(filter, Metadata);

    /// <inheritdoc />
    public override AsyncPageable<EntityMetadata<T>> GetAllEntitiesAsync<T>(EntityQuery? filter = null) => List(filter, Metadata<T>);

    /// <inheritdoc />
    /// <remarks>Always complete. Entities without state and lock have nothing in the file that could be removed.</remarks>
    public override async Task<CleanEntityStorageResult> CleanEntityStorageAsync(
        CleanEntityStorageRequest? request = null, bool continueUntilComplete = true, CancellationToken cancellation = default)
    {
        const int PageSize = 500;
        if (!(request ?? CleanEntityStorageRequest.Default).ReleaseOrphanedLocks)
        {
            return default;
        }

        var (after, released) = ("", 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = hub.Entities.List(new EntityFilter { IncludesStateless = true, OnlyLocked = true }, after, PageSize, includesState: false);
            foreach (var row in page.Where(row => !IsRunning(row.LockedBy!)))
            {
                await hub.SendAsync(row.Id, key: 0, EntityMessage.Unlocking(row.Id, row.LockedBy!));
                released++;
            }

            if (page.Count < PageSize)
            {
                return new CleanEntityStorageResult { OrphanedLocksReleased = released };
            }

            after = page[^1].Id;
        }
    }

    private bool IsRunning(string orchestration) => hub.Find(orchestration, payloads: false) is { IsTerminal: false };

    private EntityRow? Find(EntityInstanceId id, bool includesState) =>
        hub.Entities.Find($"{id}", includesState) is { HasState: true } row ? row : null;

    private AsyncPageable<T> List<T>(EntityQuery? filter, Func<EntityRow, T> metadata)
        where T : notnull
    {
        filter ??= new EntityQuery();
        var wanted = new EntityFilter
        {
            IdPrefix = string.IsNullOrEmpty(filter.InstanceIdStartsWith) ? "@" : filter.InstanceIdStartsWith,
            UpdatedFrom = filter.LastModifiedFrom?.UtcDateTime,
            UpdatedTo = filter.LastModifiedTo?.UtcDateTime,
            IncludesStateless = filter.IncludeTransient,
        };
        return Pageable.Create((continuation, pageSize, _) =>
        {
            var size = pageSize ?? filter.PageSize ?? EntityQuery.DefaultPageSize;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(filter));
            var rows = hub.Entities.List(wanted, ContinuationToken.ParseEntityId(continuation ?? filter.ContinuationToken), size, filter.IncludeState);
            return Task.FromResult(new Page<T>([.. rows.Select(metadata)], rows.Count < size ? null : ContinuationToken.Of(rows[^1].Id)));
        });
    }

    private EntityMetadata Metadata(EntityRow row) => new(
        EntityInstanceId.FromString(row.Id), row.State is null ? null : new SerializedData(SerializerDataConverter.Text(row.State)!, _converter))
    {
        LastModifiedTime = new DateTimeOffset(row.Updated),
        BacklogQueueSize = hub.Entities.BacklogOf(row.Id),
        LockedBy = row.LockedBy,
    };

    private EntityMetadata<T> Metadata<T>(EntityRow row) => new(EntityInstanceId.FromString(row.Id), hub.Services.Serializer.Read<T>(row.State))
    {
        LastModifiedTime = new DateTimeOffset(row.Updated),
        BacklogQueueSize = hub.Entities.BacklogOf(row.Id),
        LockedBy = row.LockedBy,
    };
}
