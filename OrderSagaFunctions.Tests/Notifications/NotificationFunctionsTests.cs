using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Moq;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Decisions;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Notifications;

public sealed class NotificationFunctionsTests : IDisposable
{
    private readonly AppTables _tables = new();
    private readonly Mock<DurableTaskClient> _hub = new("test");
    private readonly NotificationFunctions _functions;

    public NotificationFunctionsTests() => _functions = With(new NotificationOptions());

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Success_Repeated_IsOneCloudEventWithEveryRequiredAttribute()
    {
        var notice = new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null);

        await _functions.SuccessAsync(notice, _hub.Object, default);
        await _functions.SuccessAsync(notice, _hub.Object, default);

        var row = Assert.Single(_tables.Rows(SagaTables.Notifications), static row => !CancelGate.IsGate(row));
        Assert.Equal(
            ("1.0", row.RowKey, "/orders", "ordersaga.order.succeeded", "order-1", "application/json"),
            (row.GetString("specversion"), row.GetString("id"), row.GetString("source"), row.GetString("type"), row.GetString("subject"), row.GetString("datacontenttype")));
        Assert.NotNull(row.GetDateTimeOffset("time"));
        Assert.Equal("""{"orderId":"order-1","outcome":"Succeeded"}""", row.GetString("data"));
    }

    [Fact]
    public async Task Success_Cancelled_IsRefusedAndTellsNothing()
    {
        var gate = new CancelGate(_tables.Client, TimeProvider.System);
        Assert.True(await gate.TryCancelAsync(new SagaId("order-1"), new OperatorNote("ada", ""), default));

        var result = await _functions.SuccessAsync(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null), _hub.Object, default);

        Assert.Equal("Cancelled", result.Refusal?.Code);
        Assert.DoesNotContain(_tables.Rows(SagaTables.Notifications), static row => !CancelGate.IsGate(row));
    }

    [Fact]
    public async Task Cancel_AfterThePivot_IsRefused()
    {
        await _functions.SuccessAsync(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null), _hub.Object, default);

        Assert.False(await new CancelGate(_tables.Client, TimeProvider.System).TryCancelAsync(new SagaId("order-1", 1), new OperatorNote("ada", ""), default));
    }

    [Fact]
    public async Task Failures_EachKind_TellsTheErrorInAnEventOfItsOwn()
    {
        var notice = new SagaNotice("order-1", 1, SagaOutcome.Failed, "ProcessRefund: the bank is closed");

        await _functions.ReleaseInventoryFailAsync(notice, _hub.Object, default);
        await _functions.ProcessRefundFailAsync(notice, _hub.Object, default);
        await _functions.UpdateOrderFailAsync(notice, _hub.Object, default);

        var rows = _tables.Rows(SagaTables.Notifications);
        Assert.Distinct(rows.Select(row => row.GetString("type")));
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            notice.Error, JsonDocument.Parse(row.GetString("data")).RootElement.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Success_WithoutAWebhook_QueuesNothingAndCallsNobody()
    {
        await _functions.SuccessAsync(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null), _hub.Object, default);

        Assert.Empty(_tables.Rows(Tables.Deliveries));
        Assert.DoesNotContain(_tables.Rows(SagaTables.Notifications), static row => row.ContainsKey(NotificationStore.StateProperty));
        _hub.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Success_WithAWebhook_QueuesTheDeliveryAndStartsIt()
    {
        await With(Webhook).SuccessAsync(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null), _hub.Object, default);

        var entry = Assert.Single(_tables.Rows(Tables.Deliveries));
        var row = Assert.Single(_tables.Rows(SagaTables.Notifications), static row => !CancelGate.IsGate(row));
        Assert.Equal(("order-1", row.RowKey), (entry.GetString("OrderId"), entry.GetString("NotificationId")));
        Assert.Equal("Pending", row.GetString("Delivery"));
        _hub.Verify(hub => hub.ScheduleNewOrchestrationInstanceAsync(
            nameof(DeliverNotifications),
            null,
            It.Is<StartOrchestrationOptions>(options => options.InstanceId == DeliverNotifications.InstanceId),
            It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task Success_CancelledWithAWebhook_QueuesNothing()
    {
        Assert.True(await new CancelGate(_tables.Client, TimeProvider.System).TryCancelAsync(new SagaId("order-1", 1), new OperatorNote("ada", ""), default));

        var result = await With(Webhook).SuccessAsync(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null), _hub.Object, default);

        Assert.NotNull(result.Refusal);
        Assert.Empty(_tables.Rows(Tables.Deliveries));
        _hub.VerifyNoOtherCalls();
    }

    private static NotificationOptions Webhook => new() { WebhookUrl = "https://shop.example/hook", WebhookSecret = WebhookReceiver.Secret };

    private NotificationFunctions With(NotificationOptions options) => new(
        _tables.Client,
        new CancelGate(_tables.Client, TimeProvider.System),
        new NotificationOutbox(new DeliveryQueue(_tables.Client), Options.Create(options), TimeProvider.System),
        TimeProvider.System);
}
