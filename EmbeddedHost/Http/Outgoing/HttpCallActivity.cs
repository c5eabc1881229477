using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EmbeddedHost.Engine.Contracts;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>
/// The host's own activity, which sends the HTTP requests of orchestrators (<c>CallHttpAsync</c>): as on Azure, the Durable
/// extension follows a 202 by itself, and this sends one request, again where its retry options say so.
/// </summary>
/// <param name="clock">The clock that waits between attempts go by.</param>
/// <param name="patience">The clock by which an answer is waited for: it comes over a real network.</param>
internal sealed class HttpCallActivity(TimeProvider clock, TimeProvider patience) : IDisposable
{
    public const string Name = "BuiltIn::HttpActivity";

    // It is kept in the orchestration's history.
    private const int LongestAnswer = 1024 * 1024;

    // Names may move to other addresses while the host runs.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    // What the Durable extension's HTTP client has.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(240);

    private readonly HttpClient _http = new(new SafeRedirects(new SocketsHttpHandler
    {
        PooledConnectionLifetime = ConnectionLifetime,
        AllowAutoRedirect = false,
    }))
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends the request that the activity's input holds.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or the last attempt's is one to be retried.</exception>
    /// <exception cref="TimeoutException">There is no answer in time.</exception>
    public async ValueTask<byte[]?> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var request = HttpCall.Read(call.Input);
        var began = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var response = await SendAsync(request, cancellationToken);
            if (request.RetryOptions is not { } retry || !IsToBeRetried(retry, response.StatusCode))
            {
                return JsonSerializer.SerializeToUtf8Bytes(response);
            }

            var wait = WaitBefore(retry, attempt);
            if (attempt >= retry.MaxNumberOfAttempts || clock.GetElapsedTime(began) > retry.RetryTimeout - wait)
            {
                throw new HttpRequestException($"{request.Method} {request.Uri}: status {(int)response.StatusCode} after {attempt} attempts.");
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsToBeRetried(HttpRetryOptions retry, HttpStatusCode status) => retry.StatusCodesToRetry.Count == 0
        ? (int)status >= (int)HttpStatusCode.BadRequest
        : retry.StatusCodesToRetry.Contains(status);

    private static TimeSpan WaitBefore(HttpRetryOptions retry, int attempt)
    {
        var wait = retry.FirstRetryInterval.TotalMilliseconds * Math.Pow(retry.BackoffCoefficient, attempt - 1);
        return wait < retry.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : retry.MaxRetryInterval;
    }

    private async Task<DurableHttpResponse> SendAsync(HttpCall request, CancellationToken cancellationToken)
    {
        var limit = request.Timeout ?? DefaultTimeout;
        using var expired = new CancellationTokenSource(limit, patience);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired.Token);
        using var message = MessageOf(request);
        try
        {
            using var response = await _http.SendAsync(message, ended.Token);
            return new DurableHttpResponse(response.StatusCode)
            {
                Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
                    static header => header.Key, static header => new StringValues([.. header.Value]), StringComparer.OrdinalIgnoreCase),
                Content = await response.Content.ReadAsStringAsync(ended.Token),
            };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Uri}: no answer within {limit:c}.", e);
        }
    }

    private static HttpRequestMessage MessageOf(HttpCall request)
    {
        if (request.TokenSource is not null)
        {
            throw new NotSupportedException(
                $"{request.Method} {request.Uri}: this host has no managed identity that a token source could ask for a token. Send the token as a header.");
        }

        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), request.Uri);
        var contentType = "text/plain";
        foreach (var (name, values) in request.AllHeaders())
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                contentType = string.Join(',', values);
            }
            else
            {
                _ = message.Headers.TryAddWithoutValidation(name, values);
            }
        }

        if (request.Content is { } content)
        {
            message.Content = new StringContent(content);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return message;
    }
}
