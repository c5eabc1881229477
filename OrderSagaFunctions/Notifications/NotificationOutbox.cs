using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Notifications;

/// <summary>Sees to it that what is stored is delivered, where there is a webhook; where there is none, it costs nothing.</summary>
public sealed class NotificationOutbox(DeliveryQueue queue, IOptions<NotificationOptions> options, TimeProvider time)
{
    /// <summary>Stores a notification, has its delivery queued beside that, and wakes whoever delivers.</summary>
    /// <param name="row">The notification.</param>
    /// <param name="store">Stores the row; false where it must not be told.</param>
    /// <param name="client">Wakes.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What <paramref name="store"/> says.</returns>
    internal async Task<bool> StoreAsync(TableEntity row, Func<Task<bool>> store, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!options.Value.IsDelivering)
        {
            return await store();
        }

        // Side by side, so that a host which gathers writes makes one commit of them. Of the two the entry may come to be
        // first, or alone: whoever delivers is patient with an entry whose notification is not there.
        row[NotificationStore.StateProperty] = nameof(DeliveryState.Pending);
        var now = time.GetUtcNow();
        var entry = new QueuedDelivery(now, row.PartitionKey, row.RowKey, now);
        var queued = queue.AddAsync(entry, cancellation);
        var stored = store();
        await Task.WhenAll(queued, stored);
        if (!await stored)
        {
            await queue.RemoveAsync(entry, cancellation);
            return false;
        }

        await DeliverNotifications.WakeAsync(client, cancellation);
        return true;
    }
}
