using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Sagas;
using Sagas.Incidents;

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

/// <summary>
/// Looks after the promise to the customer of a committed order. A pivot that has failed for good may have been passed without
/// it: that is left as an incident then, whose retry makes the promise.
/// </summary>
public sealed class CommittedNotice(NotificationStore notifications, IncidentStore incidents)
{
    /// <summary>The id of the notification that an order is committed.</summary>
    internal static string IdOf(string notification, string key, int generation, string? scope = null) =>
        EffectId.Of(key, notification, generation, scope ?? string.Empty).ToString();

    /// <summary>Opens the incident where a saga has succeeded and nobody was told.</summary>
    internal async Task LookAfterAsync(ReportToStore ended, CancellationToken cancellation)
    {
        if (ended.Report.Outcome != SagaOutcome.Succeeded || ended.Report.HasDone(NotificationActivities.NotifySuccess, scope: null))
        {
            return;
        }

        if (await notifications.FindAsync(ended.Key, IdOf(NotificationActivities.NotifySuccess, ended.Key, ended.Generation), cancellation) is null)
        {
            await incidents.OpenForPivotAsync(ended, NotificationActivities.NotifySuccess, "The order is committed, and nobody was told.", cancellation);
        }
    }
}
