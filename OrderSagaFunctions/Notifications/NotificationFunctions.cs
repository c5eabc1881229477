using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Stores notifications as CloudEvents 1.0 (https://cloudevents.io), one row each, keyed by order and event id. The id is
/// derived from what is told, so that a repeated activity tells it once.
/// </summary>
public sealed class NotificationFunctions(TableServiceClient tables, CancelGate gate, StepAttempt attempt, TimeProvider time)
{
    private const string EventTypePrefix = "ordersaga.";
    private readonly TableClient _table = tables.GetTableClient(Tables.Notifications);

    /// <summary>The order is committed: from here on it cannot be cancelled. Refused where it was before.</summary>
    [Function(OrderStates.NotifySuccess)]
    public Task<StepResult> SuccessAsync([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) => attempt.RunAsync(
        OrderStates.NotifySuccess,
        notice.OrderId,
        async token => await gate.TryPassAsync(notice.OrderId, notice.Generation, ToRow(OrderStates.NotifySuccess, "order.succeeded", notice), token)
            ? StepResult.Done
            : new StepResult(new Refusal("Cancelled", "The order was cancelled.")),
        cancellation);

    /// <summary>The stock could not be given back.</summary>
    [Function(OrderStates.NotifyReleaseInventoryFail)]
    public Task<StepResult> ReleaseInventoryFailAsync([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) =>
        StoreAsync(OrderStates.NotifyReleaseInventoryFail, "inventory.release.failed", notice, cancellation);

    /// <summary>The customer could not be credited.</summary>
    [Function(OrderStates.NotifyProcessRefundFail)]
    public Task<StepResult> ProcessRefundFailAsync([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) =>
        StoreAsync(OrderStates.NotifyProcessRefundFail, "payment.refund.failed", notice, cancellation);

    /// <summary>The order could not be set back.</summary>
    [Function(OrderStates.NotifyUpdateOrderFail)]
    public Task<StepResult> UpdateOrderFailAsync([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) =>
        StoreAsync(OrderStates.NotifyUpdateOrderFail, "order.update.failed", notice, cancellation);

    private Task<StepResult> StoreAsync(string notification, string eventType, SagaNotice notice, CancellationToken cancellation) =>
        attempt.RunAsync(
            notification,
            notice.OrderId,
            async token =>
            {
                await _table.TryAddAsync(ToRow(notification, eventType, notice), token);
                return StepResult.Done;
            },
            cancellation);

    private TableEntity ToRow(string notification, string eventType, SagaNotice notice)
    {
        var id = EffectId.Of(notice.OrderId, notification, notice.Generation).ToString();
        var data = new NoticeData(notice.OrderId, notice.Outcome, notice.Error);
        return new TableEntity(notice.OrderId, id)
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = "/orders",
            ["type"] = EventTypePrefix + eventType,
            ["subject"] = notice.OrderId,
            ["time"] = time.GetUtcNow(),
            ["datacontenttype"] = "application/json",
            ["data"] = JsonSerializer.Serialize(data, AppJson.TypeOf<NoticeData>()),
        };
    }
}
