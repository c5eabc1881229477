using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>The client of entities as a test uses it: what is sent lets the host run until it is on disk, and a read needs no run.</summary>
internal sealed class PumpedEntityClient(DurableTestHost host) : DurableEntityClient("test")
{
    public override Task SignalEntityAsync(
        EntityInstanceId id,
        string operationName,
        object? input = null,
        SignalEntityOptions? options = null,
        CancellationToken cancellation = default) =>
        host.CallAsync(async hub =>
        {
            await hub.Entities.SignalEntityAsync(id, operationName, input, options, cancellation);
            return true;
        });

    public override Task<EntityMetadata?> GetEntityAsync(EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.Entities.GetEntityAsync(id, includeState, cancellation));

    public override Task<EntityMetadata<T>?> GetEntityAsync<T>(
        EntityInstanceId id, bool includeState = true, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.Entities.GetEntityAsync<T>(id, includeState, cancellation));

    public override AsyncPageable<EntityMetadata> GetAllEntitiesAsync(EntityQuery? filter = null) =>
        host.Entities.GetAllEntitiesAsync(filter);

    public override AsyncPageable<EntityMetadata<T>> GetAllEntitiesAsync<T>(EntityQuery? filter = null) =>
        host.Entities.GetAllEntitiesAsync<T>(filter);

    public override Task<CleanEntityStorageResult> CleanEntityStorageAsync(
        CleanEntityStorageRequest? request = null, bool continueUntilComplete = true, CancellationToken cancellation = default) =>
        host.CallAsync(hub => hub.Entities.CleanEntityStorageAsync(request, continueUntilComplete, cancellation));
}
