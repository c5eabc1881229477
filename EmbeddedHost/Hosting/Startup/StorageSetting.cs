using Azure.Data.Tables;
using EmbeddedHost.Hosting.Configuration;
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
