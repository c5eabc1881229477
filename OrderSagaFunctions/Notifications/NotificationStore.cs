using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Sagas;
using Sagas.Decisions;
using Sagas.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>What has become of the stored notifications, kept in their own rows.</summary>
public sealed class NotificationStore(TableServiceClient tables, TimeProvider time)
{
    /// <summary>The property of a row that says what has become of its delivery.</summary>
    internal const string StateProperty = "Delivery";

    /// <summary>The property of a row that gives its place among those of its order.</summary>
    internal const string SequenceProperty = "Sequence";

    private readonly TableClient _table = tables.GetTableClient(SagaTables.Notifications);

    /// <summary>The place of a notification among those of its order: given by its saga, since clocks may tie or differ.</summary>
    internal static string Sequence(SagaNotice notice) => notice.Scope is null
        ? $"{notice.Generation:D4}-{notice.Number:D6}"
        : $"{notice.Generation:D4}-{notice.Number:D6}-{notice.Scope}";

    /// <summary>The notifications of an order, in the order in which its sagas tell them.</summary>
    internal async Task<IReadOnlyList<Notification>> ReadAsync(string orderId, CancellationToken cancellation) =>
        [.. (await _table.ReadPartitionAsync(orderId, cancellation))
            .Where(row => !CancelGate.IsGate(row))
            .OrderBy(row => row.GetString(SequenceProperty), StringComparer.Ordinal)
            .Select(Read)];

    /// <summary>A notification, or null where there is none.</summary>
    internal async Task<Notification?> FindAsync(string orderId, string id, CancellationToken cancellation) =>
        await _table.FindAsync(orderId, id, cancellation) is { } row ? Read(row) : null;

    /// <summary>Writes down that the receiver has it, which nothing else that happens to it can change.</summary>
    internal Task SetDeliveredAsync(Notification notification, CancellationToken cancellation)
    {
        var changes = Changes(notification with { State = DeliveryState.Delivered });
        changes["DeliveredAt"] = time.GetUtcNow();
        return _table.UpdateEntityAsync(changes, ETag.All, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Writes down its state and attempts, unless somebody else has changed it since it was read.</summary>
    internal Task<bool> TrySaveAsync(Notification notification, CancellationToken cancellation) =>
        _table.TryMergeAsync(Changes(notification), notification.Read, cancellation);

    private static TableEntity Changes(Notification notification) => new(notification.OrderId, notification.Id)
    {
        [StateProperty] = notification.State.ToString(),
        ["Attempts"] = notification.Attempts,
    };

    private static Notification Read(TableEntity row) => new(
        row.PartitionKey,
        row.RowKey,
        row.Text("source"),
        row.Text("type"),
        row.Time("time"),
        row.Text("data"),
        row.GetString(StateProperty) is null ? DeliveryState.None : row.Choice<DeliveryState>(StateProperty),
        row.GetInt32("Attempts") ?? 0,
        row.ETag);
}

/// <summary>Reads what has been told about an order.</summary>
public sealed class NoticeReader(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Notifications);

    /// <summary>The order's notifications, in no particular order.</summary>
    internal async Task<IReadOnlyList<WrittenNotice>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(row => !CancelGate.IsGate(row))
            .Select(row => new WrittenNotice(row.Text("type"), row.Time("time"))),
    ];
}

/// <summary>The <c>data</c> of a notification's CloudEvent.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How its saga ends.</param>
/// <param name="Error">What failed, where something did.</param>
public sealed record NoticeData(string OrderId, SagaOutcome Outcome, string? Error)
{
    /// <summary>At which of several locations; null where that does not matter.</summary>
    public string? Location { get; init; }
}

/// <summary>A notification that has been written.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="At">When.</param>
internal sealed record WrittenNotice(string Type, DateTimeOffset At);

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
