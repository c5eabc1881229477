using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Sagas.Storage;

/// <summary>Registers tables.</summary>
public static class TablesServices
{
    /// <summary>Has tables created before the first function runs.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services, params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            services.AddSingleton(new NamedTable(name));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TablesStartup>());
        return services;
    }
}

/// <summary>A table that is to be there.</summary>
internal sealed record NamedTable(string Name);

/// <summary>Creates the tables.</summary>
internal sealed class TablesStartup(TableServiceClient tables, IEnumerable<NamedTable> named) : IHostedLifecycleService
{
    // "Starting" comes before any hosted service's start, and so before the host takes its first request.
    public Task StartingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(named.Select(table => tables.CreateTableIfNotExistsAsync(table.Name, cancellationToken)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
