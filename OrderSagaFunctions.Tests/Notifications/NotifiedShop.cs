using System.Net;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>The app in a test host, with a receiver of its notifications.</summary>
internal sealed class NotifiedShop : IAsyncDisposable
{
    /// <summary>What an order tells of which every compensation fails, in this order.</summary>
    public static readonly string[] Failures =
        ["ordersaga.inventory.release.failed", "ordersaga.payment.refund.failed", "ordersaga.order.update.failed"];

    private NotifiedShop(WebhookReceiver receiver, DurableTestHost host) => (Receiver, Host) = (receiver, host);

    public WebhookReceiver Receiver { get; }

    public DurableTestHost Host { get; }

    /// <summary>Starts it; orders whose ids start with 3 fail, and none of their compensations succeeds.</summary>
    /// <param name="change">Changes the host's options.</param>
    /// <param name="settings">Settings over the usual ones.</param>
    public static async Task<NotifiedShop> StartAsync(
        Func<DurableTestHostOptions, DurableTestHostOptions>? change = null, params (string Name, string Value)[] settings)
    {
        var receiver = await WebhookReceiver.StartNewAsync();
        var options = Options(receiver, settings);
        return new NotifiedShop(receiver, await DurableTestHost.StartAsync(change?.Invoke(options) ?? options));
    }

    public static DurableTestHostOptions Options(WebhookReceiver receiver, params (string Name, string Value)[] settings)
    {
        var all = receiver.Settings;
        all["Saga__FaultInjection"] = "true";
        all["Saga__OnCompensationFailure"] = "Continue";
        all["Saga__Retry__CompensationAttempts"] = "1";
        all["Inventory__Seed"] = "sku-100=1000,sku-200=1000,sku-300=1000";
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new DurableTestHostOptions
        {
            App = typeof(OrderSaga).Assembly,
            Settings = all,
            LongestWait = TimeSpan.FromDays(1),
            OutsideTime = TimeSpan.FromSeconds(3),
            Faults =
            [
                new Fault(InventoryActivities.ReleaseInventory, FaultKind.Throw),
                new Fault(PaymentActivities.ProcessRefund, FaultKind.Throw),
                new Fault(OrderActivities.UpdateOrderStatus, FaultKind.Throw),
            ],
        };
    }

    public async Task SubmitAsync(params string[] orderIds)
    {
        foreach (var orderId in orderIds)
        {
            await SubmitAsync(Host, orderId);
        }
    }

    public static async Task SubmitAsync(DurableTestHost host, string orderId)
    {
        using var content = new StringContent(EndToEnd.Orders.Plain(orderId), Encoding.UTF8, "application/json");
        using var answer = await host.HttpClient.PostAsync(new Uri("/api/orders", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    public Task UntilAsync(Func<bool> condition) => Host.RunUntilAsync(() => Task.FromResult(condition()));

    /// <summary>Runs until so many deliveries were accepted.</summary>
    public Task UntilAcceptedAsync(int count) => UntilAsync(() => Receiver.Accepted.Count >= count);

    /// <summary>The incidents of an order, once it has some.</summary>
    public async Task<IReadOnlyList<JsonElement>> IncidentsAsync(string orderId)
    {
        var view = JsonDocument.Parse(await Host.HttpClient.GetStringAsync(new Uri($"/api/orders/{orderId}", UriKind.Relative))).RootElement;
        return view.GetProperty("saga").TryGetProperty("incidents", out var incidents)
            ? [.. incidents.EnumerateArray().Where(static incident => incident.GetProperty("compensation").GetString() == "DeliverNotification")]
            : [];
    }

    /// <summary>What an operator does about an order's one undelivered notification.</summary>
    public async Task<HttpStatusCode> DealWithAsync(string orderId, string decision)
    {
        var incident = Assert.Single(await IncidentsAsync(orderId)).GetProperty("id").GetString();
        using var content = new StringContent("""{"by":"ada","reason":"Told by telephone."}""", Encoding.UTF8, "application/json");
        using var answer = await Host.HttpClient.PostAsync(new Uri($"/api/incidents/{orderId}/{incident}/{decision}", UriKind.Relative), content);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
        Assert.Empty(Receiver.Faults);
    }
}
