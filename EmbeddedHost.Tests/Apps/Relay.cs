using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Orchestrators that call other services: here, functions of the same app.</summary>
public sealed class Relay(Relay.Moods moods)
{
    public sealed class Moods
    {
        private int _asked;

        public int Ask() => Interlocked.Increment(ref _asked);
    }

    [Function("RelayStart")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "relay/{how}")] HttpRequestData req,
        string how,
        [DurableClient] DurableTaskClient client) =>
        client.CreateCheckStatusResponse(
            req, await client.ScheduleNewOrchestrationInstanceAsync(how, req.Url.GetLeftPart(UriPartial.Authority)));

    [Function(nameof(Follow))]
    public static async Task<string?> Follow([OrchestrationTrigger] TaskOrchestrationContext context, string origin)
    {
        var response = await context.CallHttpAsync(
            new DurableHttpRequest(HttpMethod.Post, new Uri($"{origin}/api/relay/{nameof(Echo)}")) { AsynchronousPatternEnabled = true });
        return $"{response.StatusCode} {response.Content}";
    }

    [Function(nameof(Insist))]
    public static async Task<string?> Insist([OrchestrationTrigger] TaskOrchestrationContext context, string origin)
    {
        var response = await context.CallHttpAsync(new DurableHttpRequest(HttpMethod.Put, new Uri($"{origin}/api/moody"))
        {
            Content = "please",
            Headers = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(StringComparer.Ordinal)
            {
                ["X-Tone"] = "kind",
                ["Content-Type"] = "text/plain",
            },
            HttpRetryOptions = new HttpRetryOptions([HttpStatusCode.ServiceUnavailable])
            {
                MaxNumberOfAttempts = 5,
                FirstRetryInterval = TimeSpan.FromMinutes(1),
                BackoffCoefficient = 2,
            },
        });
        return $"{response.StatusCode} {response.Headers!["x-answer"]} {response.Content}";
    }

    [Function(nameof(Echo))]
    public static async Task<string> Echo([OrchestrationTrigger] TaskOrchestrationContext context, string origin)
    {
        await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
        return "echo";
    }

    [Function("moody")]
    public async Task<HttpResponseData> Moody([HttpTrigger(AuthorizationLevel.Anonymous, "put")] HttpRequestData req)
    {
        var response = req.CreateResponse(moods.Ask() < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        response.Headers.Add("X-Answer", req.Headers.GetValues("X-Tone"));
        await response.WriteStringAsync($"{await req.ReadAsStringAsync()} {string.Join(',', req.Headers.GetValues("Content-Type"))}");
        return response;
    }
}
