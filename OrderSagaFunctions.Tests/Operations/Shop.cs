using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Tests.CrashPoints;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>The app in a test host, as operators see it: over HTTP.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private Shop(DurableTestHost host) => Host = host;

    public DurableTestHost Host { get; }

    /// <summary>Starts the app with the demo's settings and, over them, the given ones.</summary>
    public static Task<Shop> OpenAsync(params (string Name, string Value)[] settings) => OpenAsync(configureServices: null, settings);

    /// <summary>The same with further services.</summary>
    public static async Task<Shop> OpenAsync(Action<IServiceCollection>? configureServices, params (string Name, string Value)[] settings)
    {
        var all = OrderRun.App.Settings.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new Shop(await DurableTestHost.StartAsync(OrderRun.App with { Settings = all, ConfigureServices = configureServices }));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (method == HttpMethod.Get)
        {
            // What is read after a change has to show it, counts too.
            request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        }
        else
        {
            request.Content = new StringContent(json ?? "", Encoding.UTF8, "application/json");
        }

        using var response = await Host.HttpClient.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }

    /// <summary>An answer's JSON.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"GET {path}: {status}: {body}");
        return body;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>Submits an order.</summary>
    public async Task SubmitAsync(string json)
    {
        var (status, body) = await PostAsync("/api/orders", json);
        Assert.True(status == HttpStatusCode.Accepted, $"{status}: {body}");
    }

    /// <summary>Submits orders, and waits until each has ended.</summary>
    public async Task CompleteAsync(params string[] orderIds)
    {
        foreach (var orderId in orderIds)
        {
            await SubmitAsync(EndToEnd.Orders.Plain(orderId));
            _ = await Host.WaitForCompletionAsync(orderId);
        }
    }

    /// <summary>Submits an order that a person has to look at, and waits until it is there.</summary>
    public async Task SendToReviewAsync(string orderId)
    {
        await SubmitAsync(EndToEnd.Orders.Flagged(orderId));
        await Host.RunUntilIdleAsync();
        Assert.Equal("Waiting", (await GetAsync("/api/orders/" + orderId)).GetProperty("review").GetProperty("status").GetString());
    }

    /// <summary>Submits an order whose saga is set to fail for good somewhere, and waits until it is parked.</summary>
    public async Task ParkAsync(string orderId)
    {
        await SubmitAsync(EndToEnd.Orders.Plain(orderId));
        await Host.RunUntilAsync(
            async () => (await GetAsync("/api/orders/" + orderId)).GetProperty("saga").TryGetProperty("parked", out _), "the park");
    }

    /// <summary>Ends a saga from outside.</summary>
    public async Task TerminateAsync(string instanceId)
    {
        await Host.Client.TerminateInstanceAsync(instanceId);
        _ = await Host.WaitForCompletionAsync(instanceId);
        await Host.RunUntilIdleAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
