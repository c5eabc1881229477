using DurableTask.AzureStorage;
using DurableTask.AzureStorage.Partitioning;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Framework.AzureStorage;

/// <summary>Which task hub in which storage account, and how it is served: as the Durable extension does by the same <c>host.json</c>.</summary>
internal static class AzureStorageHub
{
    private const string Site = "WEBSITE_SITE_NAME";
    private const string DefaultName = "TestHubName";
    private const int LongestName = 45;

    /// <summary>The hub's name: as <c>host.json</c> says, else the site's, else the extension's own.</summary>
    /// <exception cref="HostStartupException">It is no name of a hub, or names a setting that is not set.</exception>
    public static string NameOf(StorageProviderSettings settings, IConfiguration configuration)
    {
        if (settings.HubName is not { } written)
        {
            return DefaultOf(configuration[Site] ?? DefaultName);
        }

        if (SettingReferences.FindMissing(written, configuration) is { } missing)
        {
            throw new HostStartupException($"host.json: extensions.durableTask.hubName is \"{written}\", and the setting '{missing}' is not set.");
        }

        var name = SettingReferences.Resolve(written, configuration);
        return name.Length is >= 3 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new HostStartupException(
                $"host.json: extensions.durableTask.hubName should be 3 to {LongestName} letters and digits, a letter first, found \"{name}\".");
    }

    /// <summary>The container of a hub's leases, which every host of it asks for.</summary>
    public static string LeasesOf(string name) => $"{name.ToLowerInvariant()}-leases";

    /// <summary>The store of a hub.</summary>
    /// <exception cref="HostStartupException"><c>host.json</c> names another kind of store, or a connection is not as it should be.</exception>
    public static AzureStorageOrchestrationService Open(string name, HostJson host, StorageConnection connection, IConfiguration configuration, ILoggerFactory loggers)
    {
        var settings = host.Storage;
        if (!settings.Type.Equals(nameof(HostEngine.AzureStorage), StringComparison.OrdinalIgnoreCase))
        {
            throw new HostStartupException(
                $"host.json: extensions.durableTask.storageProvider.type is \"{settings.Type}\", and the engine is AzureStorage: they should be the same.");
        }

        var service = new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = connection.Provider(),
            TrackingServiceClientProvider = settings.TrackingConnectionName is { } tracking
                ? StorageConnection.Read(configuration, tracking).TrackingProvider()
                : null,
            TaskHubName = name,
            PartitionCount = settings.PartitionCount,
            ControlQueueBatchSize = settings.ControlQueueBatchSize,
            ControlQueueBufferThreshold = settings.ControlQueueBufferThreshold,
            ControlQueueVisibilityTimeout = settings.ControlQueueVisibilityTimeout,
            WorkItemQueueVisibilityTimeout = settings.WorkItemQueueVisibilityTimeout,
            MaxQueuePollingInterval = settings.MaxQueuePollingInterval,
            MaxConcurrentTaskOrchestrationWorkItems = host.MaxConcurrentOrchestrators,
            MaxConcurrentTaskActivityWorkItems = host.MaxConcurrentActivities,
            MaxConcurrentTaskEntityWorkItems = host.MaxConcurrentEntities,
            MaxEntityOperationBatchSize = host.MaxEntityBatch,
            EntityMessageReorderWindowInMinutes = settings.EntityReorderMinutes,
            FetchLargeMessageDataEnabled = settings.FetchLargeMessages,
            UseTablePartitionManagement = settings.UseTablePartitionManagement,
            UseLegacyPartitionManagement = settings.UseLegacyPartitionManagement,
            AllowReplayingTerminalInstances = settings.AllowReplayingTerminalInstances,
            QueueClientMessageEncoding = settings.MessageEncoding,
            ThrowExceptionOnInvalidDedupeStatus = true,
            // As for every isolated worker: else orchestrators would be given entities to run.
            UseSeparateQueueForEntityWorkItems = true,
            UseAppLease = settings.UseAppLease,
            AppLeaseOptions = AppLeaseOptions.DefaultOptions,
            AppName = configuration[Site] ?? "FunctionApp",
            // The machine's name alone would be that of every host on it, and they would take each other's partitions for their own.
            WorkerId = $"{Environment.MachineName}-{Guid.NewGuid():N}",
            LoggerFactory = loggers,
        };
        if (settings.TrackingNamePrefix is { Length: > 0 } prefix)
        {
            service.TrackingStoreNamePrefix = prefix;
        }

        return new AzureStorageOrchestrationService(service);
    }

    private static string DefaultOf(string site)
    {
        var name = string.Concat(site.Where(char.IsAsciiLetterOrDigit));
        name = name.Length == 0 ? "DefaultTaskHub" : char.IsAsciiDigit(name[0]) ? $"t{name}" : name;
        name = name.Length > LongestName ? name[..LongestName] : name;
        return name.Length < 3 ? $"{name}Hub" : name;
    }
}
