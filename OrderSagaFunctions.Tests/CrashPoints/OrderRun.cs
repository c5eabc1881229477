using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Tests.EndToEnd;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>One order in a test host, by a client that repeats whatever it got no answer to.</summary>
internal sealed class OrderRun(DurableTestHost host, string json)
{
    /// <summary>The setting that switches off the timer which finishes claims.</summary>
    public const string ClaimsTimer = "AzureWebJobs.FinishClaims.Disabled";

    /// <summary>The setting that switches off the timer which reconciles.</summary>
    public const string ReconcileTimer = "AzureWebJobs.ReconcileOrders.Disabled";

    private static readonly Uri Orders = new("/api/orders", UriKind.Relative);
    private readonly string _orderId = JsonDocument.Parse(json).RootElement.GetProperty("order_id").GetString()!;

    /// <summary>The app as it is, with the demo's settings.</summary>
    public static DurableTestHostOptions App { get; } = new()
    {
        App = typeof(OrderSaga).Assembly,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__FaultInjection"] = "true",
            ["Saga__OnCompensationFailure"] = "Stop",
            ["Inventory__Seed"] = "sku-100=1000,sku-200=1000,sku-300=1000",
            // What a test sees is what it did itself; those that are about the timers switch them on.
            [ClaimsTimer] = "true",
            [ReconcileTimer] = "true",
        },
    };

    /// <summary>Submits the order; it is to be accepted, however often.</summary>
    public Task SubmitAsync() => host.PersistAsync(SubmitOnceAsync);

    /// <summary>Submits the order twice at the same time.</summary>
    public async Task SubmitTwiceAsync()
    {
        var answers = await host.PersistAsync(() => host.RunAsync(() => Task.WhenAll(SubmitOnceAsync(), SubmitOnceAsync())));
        Assert.Equal(answers[0], answers[1]);
    }

    /// <summary>Waits until the order is in review, and decides.</summary>
    public async Task DecideAsync(bool approved)
    {
        await host.PersistAsync(
            () => host.RunUntilAsync(async () => (await ViewAsync()).Review.ValueKind == JsonValueKind.Object, "the review"));
        await host.PersistAsync(async () =>
        {
            using var content = Json($$"""{"approved":{{(approved ? "true" : "false")}},"reviewer":"ada"}""");
            using var answer = await host.HttpClient.PostAsync(new Uri($"/api/orders/{_orderId}/review", UriKind.Relative), content);
            // Repeated, the answer is that the review is decided: by this very decision, of which nobody heard.
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, answer.ToString());
        });
    }

    /// <summary>Waits until the order is parked.</summary>
    public Task ParkAsync() => host.PersistAsync(() => host.RunUntilAsync(async () => (await ViewAsync()).Saga.TryGetProperty("parked", out _), "the park"));

    /// <summary>Waits until the order is parked, and has its saga stopped from outside, which the reconciler finds.</summary>
    public async Task StopAsync()
    {
        await ParkAsync();
        await host.PersistAsync(() => host.Client.TerminateInstanceAsync(_orderId));
        _ = await host.PersistAsync(() => host.WaitForCompletionAsync(_orderId));
        await PostAsync("/api/reconcile", note: null);
    }

    /// <summary>Cancels the order, which is to be granted, however often.</summary>
    public Task CancelAsync() => PostAsync($"/api/orders/{_orderId}/cancel");

    /// <summary>Has the order taken up again, once its saga has ended; repeated, that is refused, as the new saga runs.</summary>
    public async Task RecoverAsync()
    {
        _ = await host.PersistAsync(() => host.WaitForCompletionAsync(_orderId));
        await PostAsync($"/api/orders/{_orderId}/recover");
    }

    /// <summary>Closes an incident by hand.</summary>
    public Task CloseAsync(string incidentId) => PostAsync($"/api/incidents/{_orderId}/{incidentId}/close");

    /// <summary>Waits for the end of the order's latest saga, and tells all that can be seen of it then.</summary>
    public async Task<OrderEnd> EndAsync()
    {
        _ = await host.PersistAsync(async () => await host.WaitForCompletionAsync((await ViewAsync()).Saga.GetProperty("instanceId").GetString()!));
        var order = await ViewAsync();
        return new OrderEnd(
            string.Join(' ', order.Path),
            order.Status,
            order.RuntimeStatus,
            order.Review.ValueKind == JsonValueKind.Object ? order.Review.GetProperty("status").GetString()! : "",
            string.Join(' ', order.Json.GetProperty("transactions").EnumerateArray().Select(Transaction).Order(StringComparer.Ordinal)),
            string.Join(' ', order.Incidents.Select(static incident => incident.GetProperty("compensation").GetString())),
            await ReadAsync("/api/inventory"),
            await NoticesAsync(),
            await CountsAsync());
    }

    private static string Transaction(JsonElement row) =>
        $"{row.GetProperty("type")}:{row.GetProperty("transactionId")}:{(row.TryGetProperty("amount", out var amount) ? amount : default)}";

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private Task PostAsync(string path, string? note = """{"by":"ada","reason":"as agreed"}""") => host.PersistAsync(async () =>
    {
        using var content = note is null ? null : Json(note);
        using var answer = await host.HttpClient.PostAsync(new Uri(path, UriKind.Relative), content);
        // Repeated, a closing meets itself, and a recovery the saga that it has started.
        Assert.True(
            answer.IsSuccessStatusCode || (answer.StatusCode == HttpStatusCode.Conflict && Path.GetFileName(path) is "close" or "recover"),
            $"{path}: {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    });

    private async Task<string> SubmitOnceAsync()
    {
        using var content = Json(json);
        using var answer = await host.HttpClient.PostAsync(Orders, content);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"Expected 202, got {(int)answer.StatusCode}: {body}");
        return body;
    }

    private async Task<ShownOrder> ViewAsync() => new(JsonDocument.Parse(await ReadAsync($"/api/orders/{_orderId}")).RootElement);

    private Task<string> ReadAsync(string path) => host.HttpClient.GetStringAsync(new Uri(path, UriKind.Relative));

    // As the API counts, beside how many orders the index has as open.
    private async Task<string> CountsAsync()
    {
        var counts = JsonDocument.Parse(await ReadAsync("/api/orders/counts")).RootElement;
        var table = host.Services.GetRequiredService<TableServiceClient>().GetTableClient(SagaTables.Claims);
        var open = await table.QueryAsync<TableEntity>(static row => row.RowKey.CompareTo("~") < 0).CountAsync();
        return string.Join(' ', ((string[])["orders", "running", "stopped", "succeeded", "failed", "cancelled"])
            .Select(name => $"{name} {counts.GetProperty(name).GetInt32()}").Append($"open {open}"));
    }

    private async Task<string> NoticesAsync()
    {
        var table = host.Services.GetRequiredService<TableServiceClient>().GetTableClient("Notifications");
        var notices = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == _orderId))
        {
            notices.Add(row.GetString("type"));
        }

        return string.Join(' ', notices);
    }
}

/// <summary>All that can be seen of an order once its saga has ended, but for times and counts of attempts.</summary>
internal sealed record OrderEnd(
    string Path, string Status, string RuntimeStatus, string Review, string Transactions, string Incidents, string Stock, string Notices, string Counts);
