using System.Globalization;
using System.Xml.Linq;

namespace EmbeddedHost.Storage.Queues;

/// <summary>The XML of the queue service's answers.</summary>
internal static class QueueXml
{
    /// <summary>Messages, each with what the operation tells of it.</summary>
    public static XElement Messages(IEnumerable<StoredMessage> messages, Func<StoredMessage, IEnumerable<XElement>> details) =>
        new("QueueMessagesList", messages.Select(message => new XElement(
            "QueueMessage",
            new XElement("MessageId", message.Id),
            new XElement("InsertionTime", Time(message.Inserted)),
            new XElement("ExpirationTime", Time(message.Expires)),
            details(message))));

    /// <summary>What a sender gets to know.</summary>
    public static IEnumerable<XElement> Sent(StoredMessage message) => [PopReceipt(message), NextVisible(message)];

    /// <summary>What a receiver gets to know.</summary>
    public static IEnumerable<XElement> Received(StoredMessage message) => [PopReceipt(message), NextVisible(message), .. Peeked(message)];

    /// <summary>What someone gets to know who only looks.</summary>
    public static IEnumerable<XElement> Peeked(StoredMessage message) =>
        [new XElement("DequeueCount", message.Dequeued), new XElement("MessageText", message.Text)];

    /// <summary>A page of a list of queues.</summary>
    public static XElement List(IEnumerable<(string Name, IReadOnlyDictionary<string, string> Metadata)> queues, string? next, bool withMetadata) => new(
        "EnumerationResults",
        new XAttribute("ServiceEndpoint", QueueClients.Address),
        new XElement("Queues", queues.Select(queue => new XElement(
            "Queue",
            new XElement("Name", queue.Name),
            withMetadata ? new XElement("Metadata", queue.Metadata.Select(static entry => new XElement(entry.Key, entry.Value))) : null))),
        new XElement("NextMarker", next));

    /// <summary>A time as the service writes it.</summary>
    public static string Time(long ticks) => StoredMessage.TimeOf(ticks).ToString("R", CultureInfo.InvariantCulture);

    private static XElement PopReceipt(StoredMessage message) => new("PopReceipt", message.PopReceipt);

    private static XElement NextVisible(StoredMessage message) => new("TimeNextVisible", Time(message.Visible));
}
