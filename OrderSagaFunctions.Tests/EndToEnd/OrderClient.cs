using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The order API as a caller uses it.</summary>
public sealed class OrderClient(AppProcess app) : IDisposable
{
    // What a host of several had in hand when it was killed comes back after a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(90) };

    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, path))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return _http.SendAsync(request);
    }

    /// <summary>Posts without a body, and without saying how long it is.</summary>
    public Task<HttpResponseMessage> PostAsync(string path) => _http.PostAsync(new Uri(app.Address, path), content: null);

    public Task<HttpResponseMessage> PutAsync(string path, object body) => _http.PutAsJsonAsync(new Uri(app.Address, path), body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(new Uri(app.Address, path));

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(app.Address, path));

    /// <summary>Submits an order, which is to be accepted.</summary>
    public async Task<JsonElement> SubmitAsync(string json)
    {
        using var response = await PostAsync("/api/orders", json);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"Expected 202, got {(int)response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>An answer's JSON.</summary>
    public Task<JsonElement> ReadAsync(string path) => ReadAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, path)));

    /// <summary>How many orders run, counted now.</summary>
    public async Task<int> CountRunningAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, "/api/orders/counts"));
        request.Headers.Add("Cache-Control", "no-cache");
        return (await ReadAsync(request)).GetProperty("running").GetInt32();
    }

    /// <summary>An item's pieces that are there to be had, and those reserved.</summary>
    public async Task<(int Quantity, int Reserved)> StockOfAsync(string itemId)
    {
        var items = await ReadAsync("/api/inventory");
        var item = Assert.Single(items.EnumerateArray(), item => item.GetProperty("itemId").GetString() == itemId);
        return (item.GetProperty("quantity").GetInt32(), item.GetProperty("reserved").GetInt32());
    }

    /// <summary>The order once its saga has ended.</summary>
    public Task<ShownOrder> EndOfAsync(string orderId) => UntilAsync(orderId, static order => order.HasEnded, holdSeconds: 10);

    /// <summary>The order once it is as wanted; the server holds each request until its saga has ended or so many seconds are over.</summary>
    public async Task<ShownOrder> UntilAsync(string orderId, Func<ShownOrder, bool> isThere, int holdSeconds = 1)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, "/api/orders/" + orderId));
            request.Headers.Add("Prefer", $"wait={holdSeconds}");
            using var response = await _http.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            Assert.True(response.IsSuccessStatusCode, $"GET order {orderId}: {(int)response.StatusCode}: {body}");
            var order = new ShownOrder(JsonDocument.Parse(body).RootElement);
            if (isThere(order))
            {
                return order;
            }
        }
    }

    /// <summary>The orders among <paramref name="orderIds"/> that exist.</summary>
    public async Task<IReadOnlyList<ShownOrder>> FindAsync(IEnumerable<string> orderIds)
    {
        var found = new List<ShownOrder>();
        foreach (var orderId in orderIds)
        {
            using var response = await GetAsync("/api/orders/" + orderId);
            if (response.StatusCode != HttpStatusCode.NotFound)
            {
                found.Add(new ShownOrder(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement));
            }
        }

        return found;
    }

    /// <summary>Waits until every instance of the task hub has ended.</summary>
    public async Task UntilNothingRunsAsync()
    {
        JsonElement running;
        do
        {
            running = await ReadAsync("/runtime/webhooks/durabletask/instances?runtimeStatus=Running,Pending,Suspended&top=1");
        }
        while (running.GetArrayLength() > 0);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ReadAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {request.RequestUri}: {(int)response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}
