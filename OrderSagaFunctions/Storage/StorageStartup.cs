using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using OrderSagaFunctions.Inventory;

namespace OrderSagaFunctions.Storage;

/// <summary>Creates the tables and seeds the stock before the first function runs.</summary>
internal sealed class StorageStartup(TableServiceClient tables, InventorySeed seed) : IHostedLifecycleService
{
    // "Starting" comes before any hosted service's start, and so before the host takes its first request.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Tables.All.Select(table => tables.CreateTableIfNotExistsAsync(table, cancellationToken)));
        await seed.PlantAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
