using System.Net;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>An app in a test host, as its callers see it.</summary>
internal sealed class LocationShop(DurableTestHost host)
{
    /// <summary>Submits an order, which is to be accepted; returns its id.</summary>
    public async Task<string> SubmitAsync(string json)
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("/api/orders", json));
        return JsonDocument.Parse(json).RootElement.GetProperty("order_id").GetString()!;
    }

    public async Task<HttpStatusCode> PostAsync(string path, string json = "{}")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await host.HttpClient.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.StatusCode;
    }

    public async Task<JsonElement> ReadAsync(string path) =>
        JsonDocument.Parse(await host.HttpClient.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    public async Task<ShownOrder> ViewAsync(string orderId) => new(await ReadAsync("/api/orders/" + orderId));

    /// <summary>The order once its saga has ended.</summary>
    public async Task<ShownOrder> EndOfAsync(string orderId)
    {
        _ = await host.WaitForCompletionAsync(orderId);
        return await ViewAsync(orderId);
    }

    /// <summary>What an order shows, once it does.</summary>
    public async Task<T> UntilAsync<T>(string orderId, Func<ShownOrder, T?> look)
        where T : class
    {
        T? seen = null;
        await host.RunUntilAsync(async () => (seen = look(await ViewAsync(orderId))) is not null, "what the order is to show");
        return seen!;
    }
}
