using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Payments;

/// <summary>One order of 345.90 EUR whose money a provider moves, in a test host.</summary>
internal sealed class PaidOrder(DurableTestHost host, FakeProvider provider, string orderId, string json, IEnumerable<string> log) : IAsyncDisposable
{
    public const long Total = 34590;

    private readonly OrderRun _run = new(host, json);

    public static Task<PaidOrder> StartAsync(FakeProvider provider, string orderId) => StartAsync(provider, orderId, EndToEnd.Orders.Plain(orderId));

    /// <summary>The same with an order of other lines.</summary>
    public static async Task<PaidOrder> StartAsync(FakeProvider provider, string orderId, string json)
    {
        var log = new ConcurrentQueue<string>();
        return new PaidOrder(await DurableTestHost.StartAsync(AppWith(provider) with { Log = log.Enqueue }), provider, orderId, json, log);
    }

    /// <summary>The app with a provider.</summary>
    public static DurableTestHostOptions AppWith(FakeProvider provider) => OrderRun.App with
    {
        // A provider that answers at all is to be heard before the clock moves on.
        OutsideTime = TimeSpan.FromSeconds(3),
        Settings = new Dictionary<string, string>(OrderRun.App.Settings, StringComparer.Ordinal)
        {
            ["Saga__OnCompensationFailure"] = "Continue",
            ["Payments__Gateway"] = "Http",
            ["Payments__BaseUrl"] = provider.Address.AbsoluteUri,
            ["Payments__KeyHeader"] = "Authorization",
            ["Payments__Key"] = FakeProvider.Key,
        },
    };

    /// <summary>Places the order, waits for its saga's end and returns the path that it took.</summary>
    public async Task<string> RunAsync()
    {
        await _run.SubmitAsync();
        return (await _run.EndAsync()).Path;
    }

    public async Task<ShownOrder> ViewAsync() => new(await ReadAsync($"/api/orders/{orderId}"));

    /// <summary>Waits until an order is as wanted.</summary>
    public Task UntilAsync(Func<ShownOrder, bool> isThere) => host.RunUntilAsync(async () => isThere(await ViewAsync()), "the order");

    public async Task<HttpStatusCode> PostAsync(string path)
    {
        using var nothing = new StringContent("", Encoding.UTF8, "application/json");
        using var answer = await host.HttpClient.PostAsync(new Uri(path, UriKind.Relative), nothing);
        return answer.StatusCode;
    }

    /// <summary>Holds the provider's books, the ledger and the audit against each other.</summary>
    public async Task AddsUpAsync(long kept)
    {
        var ledger = (await ViewAsync()).Json.GetProperty("transactions").EnumerateArray()
            .Sum(static row => Amount(row, "Debit") - Amount(row, "Credit"));
        var audit = await ReadAsync("/api/audit");

        Assert.Equal((kept, kept / 100m), (provider.Books.Kept, ledger));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    /// <summary>All that the host tells of the order's saga, and has logged.</summary>
    public async Task<string> TracesAsync() => string.Join(Environment.NewLine, log) + await host.HttpClient.GetStringAsync(new Uri(
        $"/runtime/webhooks/durabletask/instances/{orderId}?showHistory=true&showHistoryOutput=true", UriKind.Relative));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static decimal Amount(JsonElement row, string type) =>
        row.GetProperty("type").GetString() == type ? row.GetProperty("amount").GetDecimal() : 0;

    private async Task<JsonElement> ReadAsync(string path) =>
        JsonDocument.Parse(await host.HttpClient.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;
}
