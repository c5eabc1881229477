using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Delivers notifications at least once, and those of an order in their order: what cannot be delivered holds back what the
/// order has to tell after it, and no other order.
/// </summary>
public sealed class NotificationDelivery(
    NotificationStore notifications,
    DeliveryQueue queue,
    WebhookClient webhook,
    IncidentStore incidents,
    IOptions<NotificationOptions> options,
    TimeProvider time,
    ILogger<NotificationDelivery> logger)
{
    // They are delivered side by side: so much the receiver has to bear, and so long a slow one keeps a round.
    private const int MostInARound = 32;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitForMissing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceForMissing = TimeSpan.FromHours(1);

    private readonly RetrySettings _retry = new(options.Value.Attempts, options.Value.FirstInterval, options.Value.MaxInterval);

    /// <summary>Delivers what is due.</summary>
    /// <returns>When something is due next, or is to be looked for again.</returns>
    internal async Task<DateTimeOffset> DeliverDueAsync(CancellationToken cancellation)
    {
        var first = await queue.ReadFirstAsync(MostInARound, cancellation);
        var now = time.GetUtcNow();
        var due = first.Where(entry => IsDue(entry, now)).GroupBy(entry => entry.OrderId, StringComparer.Ordinal);
        await Task.WhenAll(due.Select(entries => DeliverOrderAsync(entries.Key, entries, cancellation)));

        var sweep = time.GetUtcNow() + options.Value.SweepInterval;
        return (await queue.ReadFirstAsync(1, cancellation)) is [{ } next] && next.DueAt < sweep ? next.DueAt : sweep;
    }

    // None is put off for longer: what lies further ahead was put there before the clock was set back.
    private bool IsDue(QueuedDelivery entry, DateTimeOffset now) =>
        entry.DueAt <= now || entry.DueAt > now + (_retry.MaxInterval > WaitForMissing ? _retry.MaxInterval : WaitForMissing);

    /// <summary>Delivers a notification that was held back, and lets the order's others follow.</summary>
    /// <exception cref="InvalidOperationException">It could not be delivered, or there is none.</exception>
    internal async Task DeliverHeldAsync(DeliveryToRetry held, CancellationToken cancellation)
    {
        var notification = await notifications.FindAsync(held.OrderId, held.NotificationId, cancellation)
            ?? throw new InvalidOperationException($"Order {held.OrderId} has no notification {held.NotificationId}.");
        if (notification.State != DeliveryState.Delivered)
        {
            if ((await webhook.SendAsync(notification, cancellation)).Error is { } error)
            {
                throw new InvalidOperationException($"Notification {held.NotificationId} of order {held.OrderId} was not delivered. {error}");
            }

            await notifications.SetDeliveredAsync(notification, cancellation);
        }

        await LetFollowAsync(held, cancellation);
    }

    /// <summary>Gives up a notification that was held back, and lets the order's others follow.</summary>
    internal async Task GiveUpAsync(DeliveryToRetry held, CancellationToken cancellation)
    {
        // Its incident is open a moment before it is held: what is written in between must not undo this.
        while (await notifications.FindAsync(held.OrderId, held.NotificationId, cancellation) is { IsOwed: true } notification
            && !await notifications.TrySaveAsync(notification with { State = DeliveryState.GivenUp }, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        await LetFollowAsync(held, cancellation);
    }

    private Task LetFollowAsync(DeliveryToRetry held, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return queue.AddAsync(new QueuedDelivery(now, held.OrderId, held.NotificationId, now), cancellation);
    }

    private async Task DeliverOrderAsync(string orderId, IEnumerable<QueuedDelivery> entries, CancellationToken cancellation)
    {
        var stored = await notifications.ReadAsync(orderId, cancellation);
        var again = await DeliverInOrderAsync(stored.Where(notification => notification.IsOwed), cancellation);
        var now = time.GetUtcNow();
        foreach (var entry in entries)
        {
            // One that is missing may be about to be stored. No attempt at that takes longer than the patience.
            var isMissing = stored.All(notification => notification.Id != entry.NotificationId);
            var next = !isMissing ? again : now - entry.Since < PatienceForMissing ? now + WaitForMissing : null;
            await (next is { } dueAt ? queue.PutOffAsync(entry, dueAt, cancellation) : queue.RemoveAsync(entry, cancellation));
        }
    }

    /// <summary>Delivers up to the first that fails; returns when that is to be tried again, if it is.</summary>
    private async Task<DateTimeOffset?> DeliverInOrderAsync(IEnumerable<Notification> owed, CancellationToken cancellation)
    {
        foreach (var notification in owed)
        {
            if (notification.State == DeliveryState.Held)
            {
                return null;
            }

            var answer = await webhook.SendAsync(notification, cancellation);
            if (answer.Error is not null)
            {
                return await FailAsync(notification with { Attempts = notification.Attempts + 1 }, answer, cancellation);
            }

            await notifications.SetDeliveredAsync(notification, cancellation);
        }

        return null;
    }

    private async Task<DateTimeOffset?> FailAsync(Notification failed, WebhookAnswer answer, CancellationToken cancellation)
    {
        if (answer.IsGone || failed.Attempts >= _retry.Attempts)
        {
            await HoldAsync(failed, answer.Error!, cancellation);
            return null;
        }

        _ = await notifications.TrySaveAsync(failed, cancellation);
        var delay = Jitter.Delay(failed.Id, DeliveryFunctions.DeliverOne, failed.Attempts, _retry);
        var asked = Math.Min((answer.RetryAfter ?? TimeSpan.Zero).Ticks, _retry.MaxInterval.Ticks);
        return time.GetUtcNow() + TimeSpan.FromTicks(Math.Max(Math.Max(delay.Ticks, asked), ShortestWait.Ticks));
    }

    // The incident first: lost half-way, the delivery is tried once more and finds it there.
    private async Task HoldAsync(Notification failed, string error, CancellationToken cancellation)
    {
        logger.LogWarning("Notification {NotificationId} of order {OrderId} is left with an incident: {Error}", failed.Id, failed.OrderId, error);
        var incident = new Incident($"{DeliveryFunctions.DeliverOne}-{failed.Id}", DeliveryFunctions.DeliverOne, error, time.GetUtcNow());
        var input = JsonSerializer.SerializeToElement(new DeliveryToRetry(failed.OrderId, failed.Id), AppJson.TypeOf<DeliveryToRetry>());
        await incidents.OpenAsync(failed.OrderId, new IncidentToOpen(incident, input), cancellation);
        _ = await notifications.TrySaveAsync(failed with { State = DeliveryState.Held }, cancellation);
    }
}
