using DurableTask.AzureStorage;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>
/// What the host takes from <c>extensions.durableTask</c> of <c>host.json</c> for a task hub in a storage account. Keys and defaults are
/// those of the Durable extension: a hub begun there goes on here, and the other way round.
/// </summary>
internal sealed record StorageProviderSettings
{
    private const string Azure = "AzureStorage";
    private const string Duration = "a time such as \"00:00:30\"";

    /// <summary>The kind of the store; of others than <c>AzureStorage</c> this host has none.</summary>
    public string Type { get; init; } = Azure;

    /// <summary>The hub's name, which may name settings; null: the extension's default.</summary>
    public string? HubName { get; init; }

    /// <summary>The name of the connection to the account.</summary>
    public string ConnectionName { get; init; } = "Storage";

    /// <summary>The name of the connection to the account with histories and instances; null: the same.</summary>
    public string? TrackingConnectionName { get; init; }

    /// <summary>What the names of the tables with histories and instances begin with; null: the hub's name.</summary>
    public string? TrackingNamePrefix { get; init; }

    /// <summary>On how many machines at most the hub's orchestrators run.</summary>
    public int PartitionCount { get; init; } = 4;

    /// <summary>How many messages are fetched at once.</summary>
    public int ControlQueueBatchSize { get; init; } = 32;

    /// <summary>How many messages of a partition are held in memory.</summary>
    public int ControlQueueBufferThreshold { get; init; } = 256;

    /// <summary>How long a message to an orchestrator is hidden from other machines.</summary>
    public TimeSpan ControlQueueVisibilityTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an activity's message is hidden from other machines.</summary>
    public TimeSpan WorkItemQueueVisibilityTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after a quiet time a message may go unnoticed.</summary>
    public TimeSpan MaxQueuePollingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether payloads that were too large for a message are read with it.</summary>
    public bool FetchLargeMessages { get; init; } = true;

    /// <summary>Whether partitions are shared out by a table, not by leases of blobs.</summary>
    public bool UseTablePartitionManagement { get; init; } = true;

    /// <summary>Whether partitions are shared out in the way of the extension's first version.</summary>
    public bool UseLegacyPartitionManagement { get; init; }

    /// <summary>Whether an instance that has ended takes messages all the same.</summary>
    public bool AllowReplayingTerminalInstances { get; init; }

    /// <summary>How messages are stored.</summary>
    public QueueClientMessageEncoding MessageEncoding { get; init; } = QueueClientMessageEncoding.UTF8;

    /// <summary>Whether only one app at a time may have the hub.</summary>
    public bool UseAppLease { get; init; } = true;

    /// <summary>For how long an entity remembers whose messages it has had, to put them in order, in minutes.</summary>
    public int EntityReorderMinutes { get; init; } = 30;

    /// <summary>Reads the section.</summary>
    /// <exception cref="HostStartupException">A value is not what it should be.</exception>
    public static StorageProviderSettings Read(JsonFile durableTask)
    {
        var defaults = new StorageProviderSettings();
        var provider = durableTask.Section("storageProvider");
        var shared = defaults with
        {
            Type = provider.Text("type") ?? Azure,
            HubName = durableTask.Text("hubName"),
            UseAppLease = durableTask.Flag("useAppLease", defaults.UseAppLease),
            EntityReorderMinutes = durableTask.Number("entityMessageReorderWindowInMinutes", 0, int.MaxValue) ?? defaults.EntityReorderMinutes,
        };
        // Another store has other keys, which may have the same names.
        return !shared.Type.Equals(Azure, StringComparison.OrdinalIgnoreCase) ? shared : shared with
        {
            ConnectionName = provider.Text("connectionName") ?? provider.Text("connectionStringName") ?? defaults.ConnectionName,
            TrackingConnectionName = provider.Text("trackingStoreConnectionName") ?? provider.Text("trackingStoreConnectionStringName"),
            TrackingNamePrefix = provider.Text("trackingStoreNamePrefix"),
            PartitionCount = provider.Number("partitionCount", 1, 16) ?? defaults.PartitionCount,
            ControlQueueBatchSize = provider.Number("controlQueueBatchSize", 1, 32) ?? defaults.ControlQueueBatchSize,
            ControlQueueBufferThreshold = provider.Number("controlQueueBufferThreshold", 1, 1000) ?? defaults.ControlQueueBufferThreshold,
            ControlQueueVisibilityTimeout = Visibility("controlQueueVisibilityTimeout", "00:01:00", TimeSpan.FromMinutes(1))
                ?? defaults.ControlQueueVisibilityTimeout,
            WorkItemQueueVisibilityTimeout = Visibility("workItemQueueVisibilityTimeout", "00:00:10", TimeSpan.FromSeconds(10))
                ?? defaults.WorkItemQueueVisibilityTimeout,
            MaxQueuePollingInterval = provider.Time(
                "maxQueuePollingInterval", TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1), $"{Duration}, from \"00:00:00.050\" to \"01:00:00\"")
                ?? defaults.MaxQueuePollingInterval,
            FetchLargeMessages = provider.Flag("fetchLargeMessagesAutomatically", defaults.FetchLargeMessages),
            UseTablePartitionManagement = provider.Flag("useTablePartitionManagement", defaults.UseTablePartitionManagement),
            UseLegacyPartitionManagement = provider.Flag("useLegacyPartitionManagement", defaults.UseLegacyPartitionManagement),
            AllowReplayingTerminalInstances = provider.Flag("allowReplayingTerminalInstances", defaults.AllowReplayingTerminalInstances),
            MessageEncoding = provider.Choice<QueueClientMessageEncoding>("queueClientMessageEncoding") ?? defaults.MessageEncoding,
        };

        TimeSpan? Visibility(string key, string shortest, TimeSpan min) =>
            provider.Time(key, min, TimeSpan.FromHours(1), $"{Duration}, from \"{shortest}\" to \"01:00:00\"");
    }
}
