using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>A person's decision, or the end of the wait for it.</summary>
public static class Approval
{
    private const string EventName = "ApprovalEvent";

    public sealed record Request(string Title, decimal Amount, string Currency);

    [Function("RequestApproval")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals")] HttpRequestData req,
        [FromBody] Request request,
        [DurableClient] DurableTaskClient client) =>
        await client.CreateCheckStatusResponseAsync(req, await client.ScheduleNewOrchestrationInstanceAsync(nameof(Approval), request));

    [Function("Decide")]
    public static async Task<HttpResponseData> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{instanceId}/{approved:bool}")] HttpRequestData req,
        string instanceId,
        bool approved,
        [DurableClient] DurableTaskClient client)
    {
        await client.RaiseEventAsync(instanceId, EventName, approved);
        return req.CreateResponse(System.Net.HttpStatusCode.Accepted);
    }

    [Function(nameof(Approval))]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Request request)
    {
        await context.CallActivityAsync(nameof(Notify), request);
        context.SetCustomStatus(new { waitingFor = EventName });

        using var timeoutCts = new CancellationTokenSource();
        Task timeout = context.CreateTimer(context.CurrentUtcDateTime.AddHours(72), timeoutCts.Token);
        Task<bool> decision = context.WaitForExternalEvent<bool>(EventName);
        if (decision != await Task.WhenAny(decision, timeout))
        {
            return await context.CallActivityAsync<string>(nameof(Escalate), request.Title);
        }

        timeoutCts.Cancel();
        return decision.Result ? $"{request.Title}: {request.Amount} {request.Currency} approved" : $"{request.Title}: rejected";
    }

    [Function(nameof(Notify))]
    public static void Notify([ActivityTrigger] Request request) => ArgumentNullException.ThrowIfNull(request);

    [Function(nameof(Escalate))]
    public static string Escalate([ActivityTrigger] string title) => $"{title}: escalated";
}
