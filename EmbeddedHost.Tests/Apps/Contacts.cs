using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>An app with bodies as types and middleware around it all.</summary>
public sealed class Contacts
{
    public sealed record Contact(string Name, IReadOnlyList<string> Tags);

    public sealed record Summary(string Initials, int Tags);

    [Function("AddContact")]
    public static async Task<HttpResponseData> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contacts")] HttpRequestData req,
        [FromBody] Contact contact,
        [DurableClient] DurableTaskClient client)
    {
        if (string.IsNullOrWhiteSpace(contact.Name))
        {
            var refusal = req.CreateResponse(HttpStatusCode.BadRequest);
            await refusal.WriteStringAsync("A contact has a name.");
            return refusal;
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Contacts), contact, req.FunctionContext.CancellationToken);
        var accepted = client.CreateCheckStatusResponse(req, id);
        _ = accepted.Headers.Remove("Location");
        accepted.Headers.Add("Location", $"/api/contacts/{id}");
        return accepted;
    }

    [Function("GetContact")]
    public static async Task<object?> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{id}")] HttpRequestData req,
        string id,
        [DurableClient] DurableTaskClient client) =>
        await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true) is { } ended
            ? new { label = ended.ReadOutputAs<string>(), verbose = req.Query.ToString() == "verbose" }
            : null;

    [Function("BrokenContact")]
    public static HttpResponseData Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/broken")] HttpRequestData req) =>
        throw new NotSupportedException(req.Url.AbsolutePath);

    [Function(nameof(Contacts))]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Contact contact)
    {
        var summary = await context.CallActivityAsync<Summary>(nameof(Summarize), contact);
        return $"{summary.Initials} ({summary.Tags})";
    }

    [Function(nameof(Summarize))]
    public static Summary Summarize([ActivityTrigger] Contact contact) =>
        new(string.Concat(contact.Name.Split(' ').Select(name => name[0])), contact.Tags.Count);

    /// <summary>Names the invocation to the caller, and answers for functions that break.</summary>
    public sealed class Guard : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var request = await context.GetHttpRequestDataAsync();
            try
            {
                await next(context);
                context.GetHttpResponseData()?.Headers.Add("X-Invocation-Id", context.InvocationId);
            }
            catch (NotSupportedException e) when (request is not null)
            {
                var answer = request.CreateResponse(HttpStatusCode.NotImplemented);
                await answer.WriteStringAsync(e.Message);
                context.GetInvocationResult().Value = answer;
            }
        }
    }
}
