using System.Text.Json;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Tests.Saga;

namespace OrderSagaFunctions.Tests.Notifications;

public sealed class NotificationFunctionsTests : IDisposable
{
    private readonly AppTables _tables = new();
    private readonly NotificationFunctions _functions;

    public NotificationFunctionsTests() => _functions = new NotificationFunctions(_tables.Client, Attempts.Without(), TimeProvider.System);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Success_Repeated_IsOneCloudEventWithEveryRequiredAttribute()
    {
        var notice = new Notice("order-1", 1, SagaOutcome.Succeeded, null);

        await _functions.SuccessAsync(notice, default);
        await _functions.SuccessAsync(notice, default);

        var row = Assert.Single(_tables.Rows(Tables.Notifications));
        Assert.Equal(
            ("1.0", row.RowKey, "/orders", "ordersaga.order.succeeded", "order-1", "application/json"),
            (row.GetString("specversion"), row.GetString("id"), row.GetString("source"), row.GetString("type"), row.GetString("subject"), row.GetString("datacontenttype")));
        Assert.NotNull(row.GetDateTimeOffset("time"));
        Assert.Equal("""{"orderId":"order-1","outcome":"Succeeded"}""", row.GetString("data"));
    }

    [Fact]
    public async Task Failures_EachKind_TellsTheErrorInAnEventOfItsOwn()
    {
        var notice = new Notice("order-1", 1, SagaOutcome.Failed, "ProcessRefund: the bank is closed");

        await _functions.ReleaseInventoryFailAsync(notice, default);
        await _functions.ProcessRefundFailAsync(notice, default);
        await _functions.UpdateOrderFailAsync(notice, default);

        var rows = _tables.Rows(Tables.Notifications);
        Assert.Distinct(rows.Select(row => row.GetString("type")));
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            notice.Error, JsonDocument.Parse(row.GetString("data")).RootElement.GetProperty("error").GetString()));
    }
}
