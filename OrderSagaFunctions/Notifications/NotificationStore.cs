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
