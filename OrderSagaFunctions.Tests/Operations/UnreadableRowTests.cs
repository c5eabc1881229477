using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Storage;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>One row is damaged on disk: who reads many tells the rest, and names it.</summary>
public sealed class UnreadableRowTests
{
    private const string Audit = "/api/audit";
    private const string List = "/api/orders";
    private const string Counts = "/api/orders/counts";
    private const string Stuck = "/api/orders/stuck?longerThan=PT0.001S";
    private const string Reviews = "/api/reviews";
    private const string Incidents = "/api/incidents?status=All";
    private const string Timeline = "/api/orders/bad/timeline";
    private const string Reconcile = "/api/reconcile";

    [Theory]
    [InlineData(Tables.Orders, "report-1", "Report", """{"qath":[]}""", Audit, List, Timeline)]
    [InlineData(Tables.Orders, "report-1", "Report", """{"path":[""", Audit, List, Timeline)]
    [InlineData(Tables.Orders, "report-1", "Outcome", "Succeeeed", Audit)]
    [InlineData(Tables.Orders, "order", "Status", "Nfw", Audit, List, Timeline)]
    [InlineData(Tables.Orders, "submission", "Lines", "[{]", Audit, List, Timeline)]
    [InlineData(Tables.Orders, "submission", "InstanceId", 7, Audit, List, Timeline)]
    [InlineData(Tables.Orders, "submission", "AcceptedAt", "today", Audit, List, Timeline)]
    [InlineData(Tables.Payments, "debit-1", "AmountMinor", "much", Audit, Timeline)]
    [InlineData(Tables.Payments, "debit-1", "Type", "Dfbit", Audit, Timeline)]
    [InlineData(SagaTables.Reviews, "task-1", "Task", "{}", List, Reviews, Timeline)]
    [InlineData(SagaTables.Parkings, "task-1-1", "Task", "not json", List, Timeline)]
    [InlineData(SagaTables.Notifications, "gate-1", "Holder", "Pfvot", Audit, Timeline)]
    [InlineData(SagaTables.Incidents, "odd-1", "Compensation", 1, Audit, List, Incidents, Timeline)]
    [InlineData(Tables.Shipments, "shipment-1-main", "Generation", "one", Timeline)]
    public async Task Answers_OneRowIsDamaged_NameItAndTellTheRest(string table, string row, string property, object value, params string[] naming)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("good", "bad");
        await shop.SendToReviewAsync("waits");
        await DamageAsync(shop, table, "bad", row, property, value);

        foreach (var path in (string[])[Audit, List, Counts, Stuck, Reviews, Incidents, Timeline, Reconcile])
        {
            var (status, answer) = path == Reconcile ? await shop.PostAsync(path) : await shop.SendAsync(HttpMethod.Get, path);

            Assert.True(status == HttpStatusCode.OK, $"{path}: {status}: {answer}");
            Assert.True(Names(answer, row, property) == naming.Contains(path), $"{path}: {answer}");
        }

        Assert.Equal(3, (await shop.GetAsync(Audit)).GetProperty("orders").GetInt32());
        Assert.Contains("\"good\"", (await shop.GetAsync(List)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"waits\"", (await shop.GetAsync(Reviews)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, (await shop.GetAsync(Counts)).GetProperty("running").GetInt32());
        Assert.NotEmpty((await shop.GetAsync(Timeline)).GetProperty("entries").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, (await shop.SendAsync(HttpMethod.Get, "/api/orders/good")).Status);
    }

    [Theory]
    [InlineData(Tables.Orders, "bad", "submission", "InstanceId", 7)]
    [InlineData(SagaTables.Claims, OrderIndex.Saga, "bad", "At", "today")]
    public async Task Answers_RowOfAnOpenOrderIsDamaged_NameItAndTellTheRest(string table, string partition, string row, string property, object value)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("bad");
        await shop.SendToReviewAsync("waits");
        await DamageAsync(shop, table, partition, row, property, value);

        var (status, reconciled) = await shop.PostAsync(Reconcile);

        Assert.Equal((HttpStatusCode.OK, 1), (status, reconciled.GetProperty("unended").GetInt32()));
        Assert.True(Names(reconciled, row, property), reconciled.ToString());
        Assert.True(Names(await shop.GetAsync(Stuck), row, property));
        Assert.True(Names(await shop.GetAsync(Counts), row, property));
        Assert.Equal(1, (await shop.GetAsync(Counts)).GetProperty("running").GetInt32());
        Assert.False((await shop.GetAsync(Audit)).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Audit_StockRowIsDamaged_NamesTheItem()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("bad");
        await DamageAsync(shop, Tables.Inventory, "sku-100", "order-bad-1", "State", "Rfserved");

        var findings = (await shop.GetAsync(Audit)).GetProperty("findings").EnumerateArray().ToList();

        Assert.Contains(findings, static finding => Is(finding, "itemId", "sku-100"));
        Assert.Contains(findings, static finding => Is(finding, "orderId", "bad"));
        Assert.True(Names(await shop.GetAsync(Timeline), "order-bad-1", "State"));
    }

    [Theory]
    [InlineData("report-1", "Report")]
    [InlineData("report-1", "Outcome")]
    [InlineData("order", "Status")]
    [InlineData("submission", "Lines")]
    public async Task Get_OrderWhoseOwnRowIsDamaged_NamesIt(string row, string property)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("bad");
        await DamageAsync(shop, Tables.Orders, "bad", row, property, "{[");

        var (status, problem) = await shop.SendAsync(HttpMethod.Get, "/api/orders/bad");

        Assert.Equal((HttpStatusCode.InternalServerError, "urn:order-saga:unreadable-row"), (status, problem.GetProperty("type").GetString()));
        Assert.Contains($"'{row}' of 'bad' cannot be read: {property}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OrderWithADamagedRowBeside_ShowsTheRestAndNamesIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("bad");
        await DamageAsync(shop, Tables.Payments, "bad", "debit-1", "Type", "Dfbit");

        var order = await shop.GetAsync("/api/orders/bad");

        Assert.True(Names(order, "debit-1", "Type"));
        Assert.Contains("OrderSucceeded", order.GetRawText(), StringComparison.Ordinal);
    }

    // A row that the order does not have is one that somebody else has put there.
    private static async Task DamageAsync(Shop shop, string table, string partition, string row, string property, object value) => _ = await shop.Host.RunAsync(
        () => shop.Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(table)
            .UpsertEntityAsync(new TableEntity(partition, row) { [property] = value }, TableUpdateMode.Merge));

    private static bool Names(JsonElement answer, string row, string property) => answer.TryGetProperty("unreadable", out var rows) && rows.ValueKind == JsonValueKind.Array
        ? rows.EnumerateArray().Any(found => Is(found, "row", row) && Is(found, "property", property))
        : answer.TryGetProperty("findings", out var findings)
            && findings.EnumerateArray().Any(finding => Is(finding, "rule", "RowsAreReadable") && Is(finding, "orderId", "bad")
                && finding.GetProperty("expected").GetString()!.Contains($"'{row}'", StringComparison.Ordinal)
                && finding.GetProperty("found").GetString()!.StartsWith(property + " ", StringComparison.Ordinal));

    private static bool Is(JsonElement entry, string name, string value) => entry.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;
}
