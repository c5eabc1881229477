using Azure.Data.Tables;
using OrderSagaFunctions.Storage;
using Sagas.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// The index of what is undelivered: a row for each notification, in one partition, sorted by when it is due. Finding what is
/// to be done, or that nothing is, reads no other row.
/// </summary>
public sealed class DeliveryQueue(TableServiceClient tables)
{
    private const string Partition = "due";
    private readonly TableClient _table = tables.GetTableClient(Tables.Deliveries);

    /// <summary>Adds an entry; repeating it changes nothing.</summary>
    internal Task AddAsync(QueuedDelivery entry, CancellationToken cancellation) => _table.UpsertEntityAsync(
        new TableEntity(Partition, entry.Key)
        {
            ["DueAt"] = entry.DueAt,
            ["OrderId"] = entry.OrderId,
            ["NotificationId"] = entry.NotificationId,
            ["Since"] = entry.Since,
        },
        TableUpdateMode.Replace,
        cancellation);

    /// <summary>Removes an entry, where it is there.</summary>
    internal Task RemoveAsync(QueuedDelivery entry, CancellationToken cancellation) =>
        _table.DeleteEntityAsync(Partition, entry.Key, cancellationToken: cancellation);

    /// <summary>Puts an entry off. Lost half-way it is due twice, which does no harm.</summary>
    internal async Task PutOffAsync(QueuedDelivery entry, DateTimeOffset dueAt, CancellationToken cancellation)
    {
        await AddAsync(entry with { DueAt = dueAt }, cancellation);
        await RemoveAsync(entry, cancellation);
    }

    /// <summary>The entries that fall due first, whether or not they are due yet.</summary>
    internal async Task<IReadOnlyList<QueuedDelivery>> ReadFirstAsync(int most, CancellationToken cancellation)
    {
        var entries = new List<QueuedDelivery>();
        var rows = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), maxPerPage: most, cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            entries.Add(new QueuedDelivery(
                row.Time("DueAt"),
                row.Text("OrderId"),
                row.Text("NotificationId"),
                row.Time("Since")));
            if (entries.Count == most)
            {
                break;
            }
        }

        return entries;
    }
}

/// <summary>That an order's notifications are to be looked at.</summary>
/// <param name="DueAt">When.</param>
/// <param name="OrderId">The order.</param>
/// <param name="NotificationId">Why: this one is to be delivered, or has kept others waiting.</param>
/// <param name="Since">Since when.</param>
internal sealed record QueuedDelivery(DateTimeOffset DueAt, string OrderId, string NotificationId, DateTimeOffset Since)
{
    /// <summary>The key of its row: rows sort as they fall due.</summary>
    public string Key => $"{DueAt.UtcTicks:D19}-{NotificationId}";
}

/// <summary>What has become of a notification's delivery.</summary>
public enum DeliveryState
{
    /// <summary>It was stored while there was no webhook: it is not delivered.</summary>
    None,

    /// <summary>It is to be delivered.</summary>
    Pending,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Its attempts have run out: it waits for an operator, and what the order has to tell after it waits with it.</summary>
    Held,

    /// <summary>An operator has said that it need not be delivered.</summary>
    GivenUp,
}
