using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Sagas.Http;

namespace Sagas.Health;

/// <summary>What an orchestrator of containers or a load balancer asks a host: whether it lives, and whether it can take requests.</summary>
public sealed class HealthApi(Readiness readiness, IHostApplicationLifetime lifetime)
{
    /// <summary>200 as long as the process answers. It looks at nothing else: a restart would not mend what is elsewhere.</summary>
    [Function("GetLiveness")]
    public Task<HttpResponseData> LiveAsync([HttpTrigger(Roles.Anyone, "get", Route = "health/live")] HttpRequestData request) =>
        QueryFields.RefuseAll(request) is { Count: > 0 } errors ? request.RefuseAsync(errors) : AnswerAsync(request, "live");

    /// <summary>200 where the tables and the task hub can be reached; 503 with the names of those that cannot, and while the host stops.</summary>
    [Function("GetReadiness")]
    public async Task<HttpResponseData> ReadyAsync(
        [HttpTrigger(Roles.Anyone, "get", Route = "health/ready")] HttpRequestData request, [DurableClient] DurableTaskClient client)
    {
        if (QueryFields.RefuseAll(request) is { Count: > 0 } errors)
        {
            return await request.RefuseAsync(errors);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return await NotReadyAsync(request, "The host stops.");
        }

        return await readiness.FindUnreachableAsync(client) is { Count: > 0 } unreachable
            ? await NotReadyAsync(request, $"Not to be reached: {string.Join(", ", unreachable)}. The host's log says why.")
            : await AnswerAsync(request, "ready");
    }

    private static Task<HttpResponseData> NotReadyAsync(HttpRequestData request, string detail) =>
        request.AnswerForNowAsync(
            HttpStatusCode.ServiceUnavailable,
            new Problem(Problem.NotReady, "Not ready", (int)HttpStatusCode.ServiceUnavailable, detail),
            Problem.MediaType);

    private static Task<HttpResponseData> AnswerAsync(HttpRequestData request, string status) =>
        request.AnswerForNowAsync(HttpStatusCode.OK, new HealthStatus(status));
}

/// <summary>How a host is.</summary>
/// <param name="Status">What it was asked for, and is: <c>live</c> or <c>ready</c>.</param>
public sealed record HealthStatus(string Status);
