using Azure.Storage.Queues;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>What the host takes from <c>extensions.queues</c> of <c>host.json</c>; the defaults are those of the extension.</summary>
internal sealed record QueueSettings
{
    private const string Duration = "a time such as \"00:00:30\"";

    /// <summary>After how long at least a storage account is asked again.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestVisibility = TimeSpan.FromDays(7);

    /// <summary>How many messages a function takes at once.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>How few messages a function has to be at work on before it takes more.</summary>
    public int NewBatchThreshold { get; init; } = 16 / 2 * Environment.ProcessorCount;

    /// <summary>How often a message is tried before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message is hidden whose function has failed.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>After how long at most a storage account is asked again for messages of a queue that has none.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a storage account hides a message at a time while its function runs. Not in <c>host.json</c>: there it is fixed too.</summary>
    public TimeSpan HiddenAtOnce { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How the bodies of messages are stored.</summary>
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    /// <summary>Reads the section.</summary>
    /// <exception cref="HostStartupException">A value is not what it should be.</exception>
    public static QueueSettings Read(JsonFile section)
    {
        var defaults = new QueueSettings();
        var batch = section.Number("batchSize", 1, 32) ?? defaults.BatchSize;
        return new QueueSettings
        {
            BatchSize = batch,
            NewBatchThreshold = section.Number("newBatchThreshold", 0, int.MaxValue / 2) ?? batch / 2 * Environment.ProcessorCount,
            MaxDequeueCount = section.Number("maxDequeueCount", 1, int.MaxValue) ?? defaults.MaxDequeueCount,
            MaxPollingInterval = section.Time("maxPollingInterval", ShortestInterval, TimeSpan.MaxValue, $"{Duration}, at least \"00:00:00.100\"")
                ?? defaults.MaxPollingInterval,
            VisibilityTimeout = section.Time("visibilityTimeout", TimeSpan.Zero, LongestVisibility, $"{Duration}, up to seven days") ?? TimeSpan.Zero,
            MessageEncoding = section.Choice<QueueMessageEncoding>("messageEncoding") ?? defaults.MessageEncoding,
        };
    }
}
