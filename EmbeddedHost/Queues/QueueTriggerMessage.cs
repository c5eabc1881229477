using System.Text.Json;
using EmbeddedHost.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Core;

namespace EmbeddedHost.Queues;

/// <summary>
/// A message that starts a function, in the two forms in which the Functions host hands it on: values by name, and the data from
/// which the extension's converters make its types.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="body">Its body, decoded.</param>
/// <param name="now">When it was received, in UTC ticks.</param>
internal sealed class QueueTriggerMessage(StoredMessage message, BinaryData body, long now) : ModelBindingData
{
    // As long as the Functions host hides it at once. Here it is hidden until its function has ended.
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    private IReadOnlyDictionary<string, object?>? _values;

    /// <summary>The names of <see cref="Values"/>.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "QueueTrigger", "Id", "DequeueCount", "PopReceipt", "InsertionTime", "ExpirationTime", "NextVisibleTime",
    };

    public BinaryData Body => body;

    public string Text => body.ToString();

    /// <summary>What is known of the message. As the Functions host has it, all of it is text: a time is that of a JSON string.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values ??= new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = Text,
        ["Id"] = message.Id,
        ["DequeueCount"] = $"{message.Dequeued}",
        ["PopReceipt"] = message.PopReceipt,
        ["InsertionTime"] = JsonSerializer.Serialize(Inserted),
        ["ExpirationTime"] = JsonSerializer.Serialize(Expires),
        ["NextVisibleTime"] = JsonSerializer.Serialize(NextVisible),
    };

    public override string Version => "1.0";

    public override string Source => "AzureStorageQueues";

    public override string ContentType => "application/json";

    public override BinaryData Content => BinaryData.FromObjectAsJson(new
    {
        MessageId = message.Id,
        message.PopReceipt,
        MessageText = Text,
        DequeueCount = message.Dequeued,
        NextVisibleOn = NextVisible.UtcDateTime,
        InsertedOn = Inserted.UtcDateTime,
        ExpiresOn = Expires.UtcDateTime,
    });

    private DateTimeOffset Inserted => StoredMessage.TimeOf(message.Inserted);

    private DateTimeOffset Expires => StoredMessage.TimeOf(message.Expires);

    private DateTimeOffset NextVisible => StoredMessage.TimeOf(now + Hidden.Ticks);
}
