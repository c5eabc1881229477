using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Bench.Chaos;

/// <summary>The order API for a caller who does not give up: a call whose answer was lost in a kill is made again.</summary>
internal sealed class ChaosClient(HostProcess host) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _patience = new();
    private int _lostAnswers;

    /// <summary>Calls that reached a host and got no answer.</summary>
    public int LostAnswers => Volatile.Read(ref _lostAnswers);

    /// <summary>The killing is over: from now on an answer may take two minutes, and no longer.</summary>
    public void LosePatience() => _patience.CancelAfter(Patience);

    /// <summary>Submits an order.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> SubmitAsync(ChaosOrder order) => SendAsync("/api/orders", order.ToJson());

    /// <summary>Decides an order's review.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> DecideAsync(string orderId, bool approved) => SendAsync(
        $"/api/orders/{orderId}/review", Encoding.UTF8.GetBytes($$"""{"approved":{{(approved ? "true" : "false")}},"reviewer":"{{orderId}}"}"""));

    /// <summary>Reads an order.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> ReadOrderAsync(string orderId) => SendAsync($"/api/orders/{orderId}");

    /// <summary>A moment between two looks at the same thing: a request that is held open would not outlive the next kill.</summary>
    public Task PauseAsync() => Task.Delay(Pause, _patience.Token);

    /// <summary>Reads anything.</summary>
    /// <exception cref="InvalidOperationException">It could not be read.</exception>
    public async Task<JsonElement> ReadAsync(string path) => await SendAsync(path) switch
    {
        (HttpStatusCode.OK, var body) => body,
        var (status, body) => throw new InvalidOperationException($"GET {path}: {(int)status} {body}"),
    };

    /// <summary>Waits until the host answers.</summary>
    public Task FirstAnswerAsync() => ReadAsync("/api/inventory");

    public void Dispose()
    {
        _http.Dispose();
        _patience.Dispose();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string path, byte[]? body = null)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(host.Address, path));
                request.Content = body is null ? null : new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using var answer = await _http.SendAsync(request, _patience.Token);
                var json = await answer.Content.ReadAsByteArrayAsync(_patience.Token);
                return (answer.StatusCode, json.Length == 0 ? default : JsonDocument.Parse(json).RootElement);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
            {
                // Where nobody listens nothing was sent, and so no answer lost.
                _ = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? 0 : Interlocked.Increment(ref _lostAnswers);
                await PauseAsync();
            }
        }
    }
}
