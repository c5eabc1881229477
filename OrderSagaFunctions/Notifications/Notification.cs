using System.Text.Json;
using Azure;

namespace OrderSagaFunctions.Notifications;

/// <summary>A stored notification.</summary>
/// <param name="OrderId">The order that it is about.</param>
/// <param name="Id">The event's id, the same at each attempt.</param>
/// <param name="Source">The event's source.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Time">When it was stored.</param>
/// <param name="Data">The event's data, as JSON.</param>
/// <param name="State">What has become of its delivery.</param>
/// <param name="Attempts">How often its delivery has failed.</param>
/// <param name="Read">The row as it was read.</param>
internal sealed record Notification(
    string OrderId, string Id, string Source, string Type, DateTimeOffset Time, string Data, DeliveryState State, int Attempts, ETag Read)
{
    /// <summary>Whether it is still to be delivered, at once or after an operator's decision.</summary>
    public bool IsOwed => State is DeliveryState.Pending or DeliveryState.Held;

    /// <summary>The notification as CloudEvents 1.0 in structured mode (https://github.com/cloudevents/spec, JSON event format).</summary>
    public byte[] ToCloudEvent()
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", Id);
            writer.WriteString("source", Source);
            writer.WriteString("type", Type);
            writer.WriteString("subject", OrderId);
            writer.WriteString("time", Time);
            writer.WriteString("datacontenttype", "application/json");
            writer.WritePropertyName("data");
            writer.WriteRawValue(Data);
            writer.WriteEndObject();
        }

        return json.ToArray();
    }
}
