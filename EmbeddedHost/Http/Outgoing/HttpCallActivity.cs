using System.Text;
using System.Text.Json;
using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>The host's own activity, which sends the requests of orchestrators.</summary>
internal sealed class HttpCallActivity(IPayloadSerializer payloads) : IDisposable
{
    public const string Name = "BuiltIn::HttpActivity";

    // It is kept in the orchestration's history.
    private const int LongestAnswer = 1024 * 1024;

    // Names may move to other addresses while the host runs.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime })
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends the request that the activity's input holds.</summary>
    public async ValueTask<byte[]?> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize(payloads.Read<string>(call.Input)!, HttpCallJson.Default.HttpCall)!;
        var reply = await SendAsync(request, cancellationToken);
        return payloads.Serialize(JsonSerializer.Serialize(reply, HttpCallJson.Default.HttpReply));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(call.Timeout ?? Timeout.InfiniteTimeSpan);
        using var request = ToMessage(call);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            return new HttpReply(
                (int)response.StatusCode,
                response.Headers.Concat(response.Content.Headers)
                    .ToDictionary(header => header.Key, header => header.Value.ToArray<string?>(), StringComparer.OrdinalIgnoreCase),
                await response.Content.ReadAsStringAsync(patience.Token));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{call.Method} {call.Uri}: no answer within {call.Timeout:c}.", e);
        }
    }

    private static HttpRequestMessage ToMessage(HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Uri);
        if (call.Content is { } content)
        {
            request.Content = new StringContent(content, Encoding.UTF8, "application/json");
        }

        foreach (var (name, values) in call.Headers ?? new Dictionary<string, string?[]>(StringComparer.Ordinal))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values))
            {
                _ = request.Content?.Headers.Remove(name);
                _ = request.Content?.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return request;
    }
}
