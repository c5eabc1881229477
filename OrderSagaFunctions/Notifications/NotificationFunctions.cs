using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Stores notifications as CloudEvents 1.0 (https://cloudevents.io), one row each, keyed by order and event id. The id is
/// derived from what is told, so that a repeated activity tells it once.
/// </summary>
public sealed class NotificationFunctions(TableServiceClient tables, CancelGate gate, NotificationOutbox outbox, TimeProvider time)
{
    private const string EventTypePrefix = "ordersaga.";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Notifications);

    /// <summary>The order is committed: from here on it cannot be cancelled. Refused where it was before.</summary>
    [Function(NotificationActivities.NotifySuccess)]
    public async Task<StepResult> SuccessAsync(
        [ActivityTrigger] SagaNotice notice, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var row = ToRow(NotificationActivities.NotifySuccess, "order.succeeded", notice);
        return await outbox.StoreAsync(row, () => gate.TryPassAsync(notice.Saga, row, cancellation), client, cancellation)
            ? StepResult.Passed
            : new StepResult(Refusal.Cancelled);
    }

    /// <summary>The stock could not be given back.</summary>
    [Function(NotificationActivities.NotifyReleaseInventoryFail)]
    public Task<StepResult> ReleaseInventoryFailAsync(
        [ActivityTrigger] SagaNotice notice, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TellAsync(NotificationActivities.NotifyReleaseInventoryFail, "inventory.release.failed", notice, client, cancellation);

    /// <summary>A shipment could not be cancelled.</summary>
    [Function(NotificationActivities.NotifyCancelShipmentFail)]
    public Task<StepResult> CancelShipmentFailAsync(
        [ActivityTrigger] SagaNotice notice, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TellAsync(NotificationActivities.NotifyCancelShipmentFail, "shipment.cancel.failed", notice, client, cancellation);

    /// <summary>The customer could not be credited.</summary>
    [Function(NotificationActivities.NotifyProcessRefundFail)]
    public Task<StepResult> ProcessRefundFailAsync(
        [ActivityTrigger] SagaNotice notice, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TellAsync(NotificationActivities.NotifyProcessRefundFail, "payment.refund.failed", notice, client, cancellation);

    /// <summary>The order could not be set back.</summary>
    [Function(NotificationActivities.NotifyUpdateOrderFail)]
    public Task<StepResult> UpdateOrderFailAsync(
        [ActivityTrigger] SagaNotice notice, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TellAsync(NotificationActivities.NotifyUpdateOrderFail, "order.update.failed", notice, client, cancellation);

    private async Task<StepResult> TellAsync(
        string notification, string eventType, SagaNotice notice, DurableTaskClient client, CancellationToken cancellation)
    {
        var row = ToRow(notification, eventType, notice);
        _ = await outbox.StoreAsync(row, () => StoreAsync(row, cancellation), client, cancellation);
        return StepResult.Done;
    }

    private async Task<bool> StoreAsync(TableEntity row, CancellationToken cancellation)
    {
        // Told before is told as well.
        _ = await _table.TryAddAsync(row, cancellation);
        return true;
    }

    private TableEntity ToRow(string notification, string eventType, SagaNotice notice)
    {
        var id = CommittedNotice.IdOf(notification, notice.Key, notice.Generation, notice.Scope);
        var data = new NoticeData(notice.Key, notice.Outcome, notice.Error) { Location = notice.Scope };
        return new TableEntity(notice.Key, id)
        {
            [NotificationStore.SequenceProperty] = NotificationStore.Sequence(notice),
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = "/orders",
            ["type"] = EventTypePrefix + eventType,
            ["subject"] = notice.Key,
            ["time"] = time.GetUtcNow(),
            ["datacontenttype"] = "application/json",
            ["data"] = JsonSerializer.Serialize(data, AppJson.TypeOf<NoticeData>()),
        };
    }
}

/// <summary>The names of the activities.</summary>
public static class NotificationActivities
{
    /// <summary>Tells that the order is committed.</summary>
    public const string NotifySuccess = "NotifySuccess";

    /// <summary>Tells that the stock could not be given back.</summary>
    public const string NotifyReleaseInventoryFail = "NotifyReleaseInventoryFail";

    /// <summary>Tells that the customer could not be credited.</summary>
    public const string NotifyProcessRefundFail = "NotifyProcessRefundFail";

    /// <summary>Tells that the order could not be set back.</summary>
    public const string NotifyUpdateOrderFail = "NotifyUpdateOrderFail";

    /// <summary>Tells that a shipment could not be cancelled.</summary>
    public const string NotifyCancelShipmentFail = "NotifyCancelShipmentFail";
}

/// <summary>What is told, and the webhooks that it is delivered to.</summary>
internal static class NotificationsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSettings<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section);
        services.AddSingleton<NotificationStore>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<NotificationDelivery>();
        services.AddSingleton<CommittedNotice>();
        services.AddSingleton<IIncidentCause, UndeliveredCause>();
        return services;
    }
}
