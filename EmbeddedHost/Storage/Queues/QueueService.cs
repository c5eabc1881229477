using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Storage.Queues;

/// <summary>
/// The operations of the queue service, as its REST interface has them
/// (learn.microsoft.com/rest/api/storageservices/operations-on-queues and operations-on-messages).
/// </summary>
internal sealed class QueueService(QueueStore store)
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>The operation that a request asks for.</summary>
    /// <exception cref="QueueRefusal">It asks for what cannot be.</exception>
    /// <exception cref="NotSupportedException">Only an account has the operation.</exception>
    public QueueCall Find(Request request)
    {
        var uri = request.Uri.ToUri();
        var query = QueryHelpers.ParseQuery(uri.Query);
        var operation = $"{request.Method} {Value(query, "comp")}".TrimEnd();
        // The first segment is the account.
        string[] path = [.. uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Uri.UnescapeDataString)];
        return (path, operation) switch
        {
            ([], "GET list") => List(query),
            ([var queue], "PUT") => Create(queue, MetadataOf(request)),
            ([var queue], "DELETE") => QueueCall.Write(new DeleteQueueWork(store, queue, messagesOnly: false), static _ => new QueueResponse(204)),
            ([var queue], "GET metadata" or "HEAD metadata") => QueueCall.Read(() => Properties(queue)),
            ([var queue], "PUT metadata") =>
                QueueCall.Write(new SetMetadataWork(store, queue, MetadataOf(request)), static _ => new QueueResponse(204)),
            ([var queue, "messages"], "POST") => Send(queue, query, TextOf(request)!),
            ([var queue, "messages"], "GET") => Value(query, "peekonly") == "true" ? Peek(queue, query) : Receive(queue, query),
            ([var queue, "messages"], "DELETE") => QueueCall.Write(new DeleteQueueWork(store, queue, messagesOnly: true), static _ => new QueueResponse(204)),
            ([var queue, "messages", var id], "PUT") => Update(queue, id, query, TextOf(request)),
            ([var queue, "messages", var id], "DELETE") =>
                QueueCall.Write(new DeleteMessageWork(store, queue, id, Value(query, "popreceipt") ?? ""), static _ => new QueueResponse(204)),
            (_, "GET acl" or "PUT acl") => throw QueueErrors.NotServed("access policies of a queue (GetAccessPolicy, SetAccessPolicy)"),
            ([], "GET properties" or "PUT properties") => throw QueueErrors.NotServed("properties of the account (GetProperties, SetProperties)"),
            ([], "GET stats") => throw QueueErrors.NotServed("statistics of the account (GetStatistics)"),
            _ => throw QueueErrors.NotServed($"{request.Method} {uri.PathAndQuery}"),
        };
    }

    private QueueCall Create(string queue, Dictionary<string, string> metadata) => QueueLimits.NameRefusal(queue) is { } refusal
        ? throw refusal
        : QueueCall.Write(new CreateQueueWork(store, queue, metadata), static isNew => new QueueResponse(isNew ? 201 : 204));

    private QueueCall Send(string queue, Dictionary<string, StringValues> query, string text)
    {
        var delay = QueueLimits.Delay(Value(query, "visibilitytimeout"));
        var message = new NewMessage(queue, text, delay, QueueLimits.TimeToLive(Value(query, "messagettl"), delay));
        return QueueCall.Write(
            new SendWork(store, [message], createsQueues: false),
            static sent => new QueueResponse(201, QueueXml.Messages(sent, QueueXml.Sent)));
    }

    private QueueCall Peek(string queue, Dictionary<string, StringValues> query)
    {
        var count = QueueLimits.Count(Value(query, "numofmessages"));
        return QueueCall.Read(() => new QueueResponse(200, QueueXml.Messages(store.Peek(queue, count), QueueXml.Peeked)));
    }

    private QueueCall Receive(string queue, Dictionary<string, StringValues> query)
    {
        var (count, visibility) = (QueueLimits.Count(Value(query, "numofmessages")), QueueLimits.ReceiveVisibility(Value(query, "visibilitytimeout")));
        // To receive nothing is no commit: who polls would else pay for an fsync each time.
        return store.Has(queue) && !(store.NextVisible(queue) <= store.Now)
            ? QueueCall.Read(static () => new QueueResponse(200, QueueXml.Messages([], QueueXml.Received)))
            : QueueCall.Write(
                new ReceiveWork(store, queue, count, visibility),
                static received => new QueueResponse(200, QueueXml.Messages(received, QueueXml.Received)));
    }

    private QueueCall Update(string queue, string id, Dictionary<string, StringValues> query, string? text) => QueueCall.Write(
        new UpdateMessageWork(store, queue, id, Value(query, "popreceipt") ?? "", text, QueueLimits.Delay(Value(query, "visibilitytimeout"))),
        static message => new QueueResponse(204).With("x-ms-popreceipt", message.PopReceipt).With("x-ms-time-next-visible", QueueXml.Time(message.Visible)));

    private QueueCall List(Dictionary<string, StringValues> query)
    {
        var (prefix, marker) = (Value(query, "prefix") ?? "", Value(query, "marker") ?? "");
        var size = Value(query, "maxresults") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : QueueLimits.PageQueues;
        if (size is < 1 or > QueueLimits.PageQueues)
        {
            throw QueueErrors.OutOfRange("maxresults", $"{size}", $"a whole number from 1 to {QueueLimits.PageQueues}");
        }

        var withMetadata = Value(query, "include")?.Contains("metadata", StringComparison.Ordinal) == true;
        return QueueCall.Read(() =>
        {
            var (queues, next) = store.List(prefix, marker, size);
            return new QueueResponse(200, QueueXml.List(queues, next, withMetadata));
        });
    }

    private QueueResponse Properties(string queue)
    {
        var (metadata, count) = store.Properties(queue);
        var response = new QueueResponse(200).With("x-ms-approximate-messages-count", count.ToString(CultureInfo.InvariantCulture));
        return metadata.Aggregate(response, static (answer, entry) => answer.With(MetadataPrefix + entry.Key, entry.Value));
    }

    private static Dictionary<string, string> MetadataOf(Request request) => request.Headers
        .Where(static header => header.Name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .OrderBy(static header => header.Name, StringComparer.Ordinal)
        .ToDictionary(static header => header.Name[MetadataPrefix.Length..], static header => header.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The message's text in a request's XML; null where the request has no content.</summary>
    private static string? TextOf(Request request)
    {
        if (request.Content is not { } content)
        {
            return null;
        }

        using var body = new MemoryStream();
        content.WriteTo(body, CancellationToken.None);
        body.Position = 0;
        try
        {
            var text = XDocument.Load(body, LoadOptions.PreserveWhitespace).Root?.Element("MessageText")?.Value ?? "";
            QueueLimits.CheckText(text);
            return text;
        }
        catch (XmlException e)
        {
            throw QueueErrors.InvalidXml(e.Message);
        }
    }

    private static string? Value(Dictionary<string, StringValues> query, string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
}
