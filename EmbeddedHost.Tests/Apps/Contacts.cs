using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EmbeddedHost.Tests.Apps;

/// <summary>An app on ASP.NET Core's requests and results, with bodies as types and middleware around it all.</summary>
public sealed class Contacts
{
    public sealed record Contact(string Name, IReadOnlyList<string> Tags);

    [Function("AddContact")]
    public static async Task<IActionResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contacts")] HttpRequest req,
        [FromBody] Contact contact,
        [DurableClient] DurableTaskClient client)
    {
        if (string.IsNullOrWhiteSpace(contact.Name))
        {
            return new BadRequestObjectResult(new { error = "A contact has a name." });
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Contacts), contact, req.HttpContext.RequestAborted);
        return new AcceptedResult($"/api/contacts/{id}", client.CreateHttpManagementPayload(id));
    }

    [Function("GetContact")]
    public static async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{id}")] HttpRequest req,
        string id,
        [DurableClient] DurableTaskClient client) =>
        await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true) is { } ended
            ? new OkObjectResult(new { Label = ended.ReadOutputAs<string>(), Verbose = req.Query.ContainsKey("verbose") })
            : new NotFoundResult();

    [Function("BrokenContact")]
    public static IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/broken")] HttpRequest req) =>
        throw new NotSupportedException(req.Path);

    [Function(nameof(Contacts))]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Contact contact)
    {
        var (initials, tags) = await context.CallActivityAsync<(string Initials, int Tags)>(nameof(Summarize), contact);
        return $"{initials} ({tags})";
    }

    [Function(nameof(Summarize))]
    public static (string Initials, int Tags) Summarize([ActivityTrigger] Contact contact) =>
        (string.Concat(contact.Name.Split(' ').Select(name => name[0])), contact.Tags.Count);

    /// <summary>Names the invocation to the caller, and answers for functions that break.</summary>
    public sealed class Guard : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var http = context.GetHttpContext();
            http?.Response.Headers.Append("X-Invocation-Id", context.InvocationId);
            try
            {
                await next(context);
            }
            catch (NotSupportedException e) when (http is not null)
            {
                context.GetInvocationResult().Value = new ObjectResult(new { error = e.Message }) { StatusCode = StatusCodes.Status501NotImplemented };
            }
        }
    }
}
