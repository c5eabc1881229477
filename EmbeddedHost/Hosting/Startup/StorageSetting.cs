using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Startup;

/// <summary>
/// Refuses a storage connection that leads elsewhere than to the host's own tables: the hub is in the data folder whatever the
/// setting names, and an app whose tables were elsewhere would have its rows in one place and its sagas in another.
/// </summary>
internal static class StorageSetting
{
    private const string Key = HostConfiguration.StorageKey;

    private const string Advice =
        $"The embedded host serves its own tables alone, which are in the data folder (tables.db). Set {Key} to "
        + "UseDevelopmentStorage=true or leave it out, or build for Azure with -p:DurableHost=Azure.";

    /// <exception cref="HostStartupException">The setting is empty, is no connection, or leads to an account in Azure.</exception>
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

        // The value stays out of the sentence: it may hold a key.
        if (!DevelopmentStorage.IsNamedBy(storage.Value))
        {
            throw new HostStartupException($"Setting {Key} does not name development storage. {Advice}");
        }
    }
}
