using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Notifications;

/// <summary>What delivering needs done. Nothing of a notification but its id passes through an orchestration's history.</summary>
public sealed class DeliveryFunctions(NotificationDelivery delivery, IOptions<NotificationOptions> options)
{
    /// <summary>Delivers what is due.</summary>
    internal const string DeliverDue = "DeliverDueNotifications";

    /// <summary>Delivers one notification that is left as an incident.</summary>
    internal const string DeliverOne = "DeliverNotification";

    /// <summary>Makes a round; one that has ended before it was recorded is made again.</summary>
    [Function(DeliverDue)]
    public async Task<DeliveryRound> DeliverDueAsync([ActivityTrigger] string instanceId, CancellationToken cancellation) =>
        new(options.Value.IsDelivering ? await delivery.DeliverDueAsync(cancellation) : null);

    /// <summary>What retrying the incident does.</summary>
    /// <exception cref="InvalidOperationException">It could not be delivered.</exception>
    [Function(DeliverOne)]
    public async Task<StepResult> DeliverOneAsync(
        [ActivityTrigger] DeliveryToRetry held, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await delivery.DeliverHeldAsync(held, cancellation);
        await DeliverNotifications.WakeAsync(client, cancellation);
        return StepResult.Done;
    }
}

/// <summary>What a round of deliveries says.</summary>
/// <param name="NextAt">When the next one is due; null where there is no webhook any more.</param>
public sealed record DeliveryRound(DateTimeOffset? NextAt);

/// <summary>The input of <see cref="DeliveryFunctions.DeliverOne"/>, which an incident keeps.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="NotificationId">The notification.</param>
public sealed record DeliveryToRetry(string OrderId, string NotificationId);

/// <summary>The incidents of notifications that could not be delivered: closed by hand, one is given up.</summary>
internal sealed class UndeliveredCause(NotificationDelivery delivery) : IIncidentCause
{
    /// <inheritdoc />
    public string Name => DeliveryFunctions.DeliverOne;

    /// <inheritdoc />
    public string? WhyNotRetried(Incident incident) => null;

    /// <inheritdoc />
    public async Task ClosedByHandAsync(DurableTaskClient client, string input, CancellationToken cancellation)
    {
        await delivery.GiveUpAsync(JsonSerializer.Deserialize(input, AppJson.TypeOf<DeliveryToRetry>())!, cancellation);
        await DeliverNotifications.WakeAsync(client, cancellation);
    }
}
