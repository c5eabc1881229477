using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.DurableTask;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Http.Outgoing;

/// <summary>One HTTP call of an orchestrator: each request is an activity, each wait a durable timer.</summary>
internal sealed class DurableHttpCall(TaskOrchestrationContext context, DurableHttpRequest request)
{
    // Where an answer of 202 does not say when to ask again.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string?[]>? _headers =
        request.Headers?.ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends the request, and follows an answer of 202 to where the outcome will be.</summary>
    /// <exception cref="TaskFailedException">There was no answer.</exception>
    public async Task<DurableHttpResponse> SendAsync()
    {
        var uri = request.Uri;
        var reply = await SendWithRetriesAsync(new HttpCall(request.Method.Method, uri, _headers, request.Content, request.Timeout));
        while (request.AsynchronousPatternEnabled && reply.Status == (int)HttpStatusCode.Accepted && Header(reply, "Location") is { } location)
        {
            uri = new Uri(uri, location);
            await context.CreateTimer(WaitOf(reply), CancellationToken.None);
            reply = await SendWithRetriesAsync(new HttpCall(HttpMethod.Get.Method, uri, _headers, Content: null, request.Timeout));
        }

        return new DurableHttpResponse((HttpStatusCode)reply.Status)
        {
            Headers = reply.Headers.ToDictionary(
                header => header.Key, header => new StringValues(header.Value), StringComparer.OrdinalIgnoreCase),
            Content = reply.Content,
        };
    }

    private async Task<HttpReply> SendWithRetriesAsync(HttpCall call)
    {
        var json = JsonSerializer.Serialize(call, HttpCallJson.Default.HttpCall);
        var began = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await context.CallActivityAsync<string>(HttpCallActivity.Name, json);
            var reply = JsonSerializer.Deserialize(answer, HttpCallJson.Default.HttpReply)!;
            if (request.HttpRetryOptions is not { } retry || !IsToBeRetried(retry, reply.Status) || attempt >= retry.MaxNumberOfAttempts)
            {
                return reply;
            }

            var wait = WaitBefore(retry, attempt);
            if (context.CurrentUtcDateTime - began > retry.RetryTimeout - wait)
            {
                return reply;
            }

            await context.CreateTimer(wait, CancellationToken.None);
        }
    }

    private static bool IsToBeRetried(HttpRetryOptions retry, int status) => retry.StatusCodesToRetry.Count == 0
        ? status >= (int)HttpStatusCode.BadRequest
        : retry.StatusCodesToRetry.Contains((HttpStatusCode)status);

    private static TimeSpan WaitBefore(HttpRetryOptions retry, int attempt)
    {
        var wait = retry.FirstRetryInterval.TotalMilliseconds * Math.Pow(retry.BackoffCoefficient, attempt - 1);
        return wait < retry.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(wait) : retry.MaxRetryInterval;
    }

    private static TimeSpan WaitOf(HttpReply reply) =>
        int.TryParse(Header(reply, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : PollInterval;

    // Read back from JSON, the names differ in case.
    private static string? Header(HttpReply reply, string name) =>
        reply.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}
