using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;

namespace Sagas.Storage;

/// <summary>Creates tables before the first function runs.</summary>
public abstract class TablesStartup(TableServiceClient tables, IEnumerable<string> names) : IHostedLifecycleService
{
    // "Starting" comes before any hosted service's start, and so before the host takes its first request.
    /// <inheritdoc />
    public virtual Task StartingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(names.Select(name => tables.CreateTableIfNotExistsAsync(name, cancellationToken)));

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Creates the tables of the kit.</summary>
internal sealed class SagaTablesStartup(TableServiceClient tables) : TablesStartup(tables, SagaTables.All);
