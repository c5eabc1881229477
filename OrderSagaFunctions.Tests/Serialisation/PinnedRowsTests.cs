using System.Net;
using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Tests.Claims;
using OrderSagaFunctions.Tests.Notifications;
using OrderSagaFunctions.Tests.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>What the app's rows consist of: their properties, and of which type each is.</summary>
public sealed class PinnedRowsTests
{
    private static readonly Dictionary<Type, string> EdmTypes = new()
    {
        [typeof(string)] = "Edm.String",
        [typeof(int)] = "Edm.Int32",
        [typeof(long)] = "Edm.Int64",
        [typeof(bool)] = "Edm.Boolean",
        [typeof(double)] = "Edm.Double",
        [typeof(Guid)] = "Edm.Guid",
        [typeof(DateTimeOffset)] = "Edm.DateTime",
        [typeof(byte[])] = "Edm.Binary",
    };

    [Fact]
    public async Task Rows_OfEachTable_HaveThePinnedProperties()
    {
        await using var receiver = await WebhookReceiver.StartNewAsync();
        // Busy for all but one order, so that deliveries stay queued.
        receiver.Answer = static (delivery, _) => Task.FromResult(
            delivery.OrderId == "reviewed" ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await using var shop = await OpenAsync(receiver);
        await TradeAsync(shop);

        var service = shop.Host.Services.GetRequiredService<TableServiceClient>();
        await shop.Host.RunUntilAsync(() => Task.FromResult(Read(service, Tables.Deliveries).Count > 0), "the last order's delivery");
        // An order's story lies with the order.
        var rows = AppTables.All.Where(static table => table != SagaTables.Reports).ToDictionary(static table => table, table => Read(service, table), StringComparer.Ordinal);

        Assert.All(rows, static table => Assert.True(table.Value.Count > 0, $"no row was written to {table.Key}"));
        PinnedText.AssertIs(
            "rows.txt",
            rows.SelectMany(static table => table.Value.SelectMany(Properties).Select(property => $"{table.Key}.{property}")).Distinct(StringComparer.Ordinal),
            "Rows are there that have the properties as they were: a new version reads them, and during a deployment the old one "
            + "reads what the new one writes.");
    }

    private static List<TableEntity> Read(TableServiceClient service, string table) => [.. service.GetTableClient(table).Query<TableEntity>()];

    private static IEnumerable<string> Properties(TableEntity row) => row
        .Where(static property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
        .Select(static property => $"{property.Key} {EdmTypes[property.Value.GetType()]}");

    private static Task<Shop> OpenAsync(WebhookReceiver receiver) => Shop.OpenAsync(
    [
        .. receiver.Settings.Select(static setting => (setting.Key, setting.Value)),
        ("Saga__OnStepExhausted", "Park"),
        ("Saga__OnCompensationFailure", "Continue"),
        ("Saga__Retry__CompensationAttempts", "1"),
        ("Saga__TransientFaults", "ReserveInventory:5@parked,CancelShipment:1@split"),
        ("Inventory__Seed", "sku-100=1000,sku-200=1000,sku-300=1000,sku-400=1@harbour"),
    ]);

    /// <summary>What makes the app write every kind of row that it has.</summary>
    private static async Task TradeAsync(Shop shop)
    {
        await shop.SendToReviewAsync("reviewed");
        await AskAsync(shop, "/api/orders/reviewed/review", """{"approved":true,"reviewer":"ada","comment":"known"}""", "reviewed");

        await shop.SendToReviewAsync("cancelled");
        await AskAsync(shop, "/api/orders/cancelled/cancel", """{"by":"bob"}""", "cancelled");

        await shop.ParkAsync("parked");
        await AskAsync(shop, "/api/orders/parked/retry", """{"by":"ada"}""", "parked");

        // Both fail at a step; the second's compensation fails too.
        await shop.CompleteAsync("2", "33");
        await AskAsync(shop, "/api/orders/2/recover", """{"by":"ada"}""", "2-recovery-1");
        await AskAsync(shop, "/api/incidents/33/ReleaseInventory-1/close", """{"by":"ada","reason":"counted by hand"}""");

        await ClaimFinisherTests.ClaimAsync(shop, "claimed");

        // From two locations, one of which is short: the other's shipment is cancelled, at the second try.
        await shop.SubmitAsync(EndToEnd.Orders.Json("split", ("sku-100", 1, 1m), ("sku-400", 2, 1m)));
        _ = await shop.Host.WaitForCompletionAsync("split");
        await AskAsync(shop, "/api/incidents/split/CancelShipment-main-1/retry", """{"by":"ada"}""", "redrive-split-CancelShipment-main-1");

        using var keyed = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/orders", UriKind.Relative));
        keyed.Headers.Add("Idempotency-Key", "key-1");
        keyed.Content = new StringContent(
            """{"order_id":"keyed","customer_id":"c-1","ship_to_country":"DE","items":[{"item_id":"sku-100","qty":1,"unit_price":1}]}""",
            Encoding.UTF8,
            "application/json");
        using var accepted = await shop.Host.HttpClient.SendAsync(keyed);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    private static async Task AskAsync(Shop shop, string path, string json, string? ends = null)
    {
        var (status, body) = await shop.PostAsync(path, json);
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{path}: {status}: {body}");
        if (ends is not null)
        {
            _ = await shop.Host.WaitForCompletionAsync(ends);
        }
    }
}
