using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Notifications;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>A notification is given up while somebody else writes down what becomes of it.</summary>
public sealed class GiveUpTests : IDisposable
{
    private readonly AppTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task GiveUp_HeldOnlyJustThen_IsGivenUpAllTheSame()
    {
        var rows = _tables.Client.GetTableClient(SagaTables.Notifications);
        await rows.AddEntityAsync(new TableEntity("order-1", "notice-1")
        {
            ["source"] = "/orders",
            ["type"] = "ordersaga.order.succeeded",
            ["time"] = DateTimeOffset.UnixEpoch,
            ["data"] = "{}",
            [NotificationStore.StateProperty] = nameof(DeliveryState.Pending),
        });
        var held = new TableEntity("order-1", "notice-1") { [NotificationStore.StateProperty] = nameof(DeliveryState.Held) };
        var tables = new InterposedTables(_tables.Client, SagaTables.Notifications, after: () => rows.UpdateEntityAsync(held, ETag.All));
        var options = Options.Create(new NotificationOptions());
        using var webhook = new WebhookClient(options, TimeProvider.System);
        var delivery = new NotificationDelivery(
            new NotificationStore(tables, TimeProvider.System),
            new DeliveryQueue(_tables.Client),
            webhook,
            new IncidentStore(_tables.Client, TimeProvider.System),
            options,
            TimeProvider.System,
            NullLogger<NotificationDelivery>.Instance);

        await delivery.GiveUpAsync(new DeliveryToRetry("order-1", "notice-1"), default);

        Assert.Equal("GivenUp", Assert.Single(_tables.Rows(SagaTables.Notifications)).GetString(NotificationStore.StateProperty));
    }
}
