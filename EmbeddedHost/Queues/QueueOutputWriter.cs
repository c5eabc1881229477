using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage.Queues;

namespace EmbeddedHost.Queues;

/// <summary>Sends what functions give to queues. A queue that is missing is created.</summary>
internal sealed class QueueOutputWriter(QueueConnections connections, QueueNames names, HostSettings settings)
{
    /// <summary>Sends what a function that has succeeded gives: in one commit what goes to queues of this host.</summary>
    /// <param name="invocation">The function's invocation.</param>
    /// <param name="except">Where nothing is sent to; null: everything is sent.</param>
    /// <returns>What goes there.</returns>
    /// <exception cref="InvalidOperationException">A message is longer than it may be, or could not be sent.</exception>
    public async Task<IReadOnlyList<NewMessage>> WriteAsync(InvocationContext invocation, IQueueBackend? except = null)
    {
        var messages = invocation.Function.QueueOutputs
            .SelectMany(output => Bodies(invocation.OutputOf(output), invocation.Serializer)
                .Select(body => (Backend: connections.Of(output.Binding), Message: Message(invocation, output, body))))
            .ToLookup(static sent => sent.Backend, static sent => sent.Message);
        foreach (var sent in messages.Where(sent => sent.Key != except))
        {
            await sent.Key.SendAsync([.. sent]);
        }

        return except is null ? [] : [.. messages[except]];
    }

    private NewMessage Message(InvocationContext invocation, QueueOutput output, BinaryData body)
    {
        var text = QueueBody.Encode(body, settings.Host.Queues.MessageEncoding);
        try
        {
            QueueLimits.CheckText(text);
        }
        catch (QueueRefusal refusal)
        {
            throw new InvalidOperationException(
                $"Function '{invocation.Function.Descriptor.FunctionName}', output '{output.Name}' to the queue '{names.Resolve(output.Binding)}': {refusal.Message}",
                refusal);
        }

        return new NewMessage(names.Resolve(output.Binding), text);
    }

    /// <summary>One message for a value, one for each element of what is an array as JSON, none for null.</summary>
    private static IEnumerable<BinaryData> Bodies(object? value, ObjectSerializer serializer)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [BinaryData.FromString(text)];
            case byte[] bytes:
                return [BinaryData.FromBytes(bytes)];
            case BinaryData data:
                return [data];
            case IEnumerable<byte[]> several:
                return several.Select(static bytes => BinaryData.FromBytes(bytes));
        }

        var json = serializer.Serialize(value, value.GetType());
        using var document = JsonDocument.Parse(json.ToMemory());
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(Element)] : [json];
    }

    private static BinaryData Element(JsonElement element) =>
        BinaryData.FromString(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
}
