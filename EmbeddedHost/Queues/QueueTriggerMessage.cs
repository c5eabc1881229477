using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Core;

namespace EmbeddedHost.Queues;

/// <summary>
/// A message that starts a function, in the two forms in which the Functions host hands it on: values by name, and the data from
/// which the extension's converters make its types.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="body">Its body, decoded.</param>
internal sealed class QueueTriggerMessage(QueueMessage message, BinaryData body) : ModelBindingData
{
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
        ["Id"] = message.MessageId,
        ["DequeueCount"] = $"{message.DequeueCount}",
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
        message.MessageId,
        message.PopReceipt,
        MessageText = Text,
        message.DequeueCount,
        NextVisibleOn = NextVisible.UtcDateTime,
        InsertedOn = Inserted.UtcDateTime,
        ExpiresOn = Expires.UtcDateTime,
    });

    private DateTimeOffset Inserted => message.InsertedOn.GetValueOrDefault();

    private DateTimeOffset Expires => message.ExpiresOn.GetValueOrDefault();

    private DateTimeOffset NextVisible => message.NextVisibleOn.GetValueOrDefault();
}
