using Azure.Data.Tables;
using Azure.Storage.Queues;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// Refuses a storage connection that leads elsewhere than to the host's own tables: an app would have its rows in one place and
/// its sagas in another.
/// </summary>
internal static class StorageSetting
{
    private const string Key = HostConfiguration.StorageKey;
    private const string Advice =
        $"The embedded host serves its own tables alone, in the data folder (tables.db): set {Key} to UseDevelopmentStorage=true or leave "
        + "it out, or start the app on a Functions host (func start).";

    /// <exception cref="HostStartupException">The setting is empty, is no connection, or leads to another account.</exception>
    public static void Check(IConfiguration configuration)
    {
        var storage = configuration.GetSection(Key);
        if (storage.GetChildren().FirstOrDefault() is { } part)
        {
            throw new HostStartupException($"Setting {Key}__{part.Key} is for a storage account in Azure. {Advice}");
        }

        if (string.IsNullOrWhiteSpace(storage.Value))
        {
            throw new HostStartupException($"Setting {Key} is empty. {Advice}");
        }

        var client = Client(storage.Value);
        if (!DevelopmentStorage.IsAt(client.AccountName, client.Uri))
        {
            throw new HostStartupException($"Setting {Key} names the table account '{client.AccountName}'. {Advice}");
        }
    }

    /// <summary>Says that a queue's connection leads elsewhere than to the host's own queues; null: it does not.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="name">The connection's name, which the Functions host looks for with and without a prefix.</param>
    public static string? QueueError(IConfiguration configuration, string name)
    {
        const string Own = "The embedded host serves its own queues alone: set it to UseDevelopmentStorage=true, or start the app on a Functions host (func start).";
        var section = ((string[])[$"ConnectionStrings:AzureWebJobs{name}", $"AzureWebJobs{name}", $"ConnectionStrings:{name}", name])
            .Select(configuration.GetSection).FirstOrDefault(static section => section.Exists());
        if (section?.Value is not { Length: > 0 } connection)
        {
            return $"its connection '{name}' is {(section is null ? "not set" : "for a storage account in Azure")}. {Own}";
        }

        try
        {
            var client = new QueueServiceClient(connection);
            return QueueClients.IsServed(client) ? null : $"its connection '{name}' names the queue account '{client.AccountName}'. {Own}";
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Without what the package says of it, which quotes the value: it may hold a key.
            return $"its connection '{name}' is not a connection string. {Own}";
        }
    }

    private static TableServiceClient Client(string connection)
    {
        try
        {
            return new TableServiceClient(connection);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Without what the package says of it, which quotes the value: it may hold a key.
            throw new HostStartupException($"Setting {Key} is not a connection string. {Advice}");
        }
    }
}
