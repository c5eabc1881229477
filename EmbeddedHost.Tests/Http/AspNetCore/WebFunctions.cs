using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EmbeddedHost.Tests.Http.AspNetCore;

/// <summary>HTTP functions as an app with the ASP.NET Core integration has them.</summary>
public sealed class WebFunctions(WebFunctions.Gate gate)
{
    /// <summary>Lets a function go on when a test says so.</summary>
    public sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Open() => _open.SetResult();

        public Task PassAsync(CancellationToken cancellationToken)
        {
            _ = _entered.TrySetResult();
            return _open.Task.WaitAsync(cancellationToken);
        }
    }

    public sealed record Item(string Name, int Quantity);

    public sealed class Outputs
    {
        [HttpResult]
        public required IActionResult Answer { get; init; }

        public string? Note { get; init; }
    }

    [Function("action")]
    public static IActionResult Action([HttpTrigger("get", Route = "action/{id:int}")] HttpRequest request, int id, string? text) =>
        new OkObjectResult(new { Id = id, InRoute = request.RouteValues["id"], Text = text, InQuery = request.Query["text"].ToString() });

    [Function("result")]
    public static async Task<IResult> Result([HttpTrigger("post")] HttpRequest request)
    {
        var item = await request.ReadFromJsonAsync<Item>();
        return Results.Created($"/items/{item!.Name}", item);
    }

    [Function("form")]
    public static async Task<IActionResult> Form([HttpTrigger("post")] HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        using var file = new StreamReader(form.Files["file"]!.OpenReadStream());
        return new ContentResult { Content = $"{form["name"]}: {await file.ReadToEndAsync()}" };
    }

    [Function("body")]
    public static IActionResult Body([HttpTrigger("post")] HttpRequest request, [FromBody] Item item) => new OkObjectResult($"{item.Quantity} {item.Name}");

    [Function("data")]
    public static async Task<HttpResponseData> Data([HttpTrigger("post")] HttpRequestData request)
    {
        var response = request.CreateResponse(HttpStatusCode.Accepted);
        response.Headers.Add("X-Answer", "yes");
        await response.WriteStringAsync($"{request.Method} {await request.ReadAsStringAsync()}");
        return response;
    }

    [Function("context")]
    public static string Context([HttpTrigger("get")] HttpRequest request, FunctionContext context)
    {
        var http = context.GetHttpContext()!;
        http.Response.Headers["X-Same"] = $"{http.Request == request} {http.RequestServices == context.InstanceServices}";
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return "not sent";
    }

    [Function("outputs")]
    public static Outputs SeveralOutputs([HttpTrigger("get")] HttpRequest request) =>
        new() { Answer = new ObjectResult("teapot") { StatusCode = StatusCodes.Status418ImATeapot }, Note = "for a queue" };

    [Function("links")]
    public static async Task<IActionResult> Links([HttpTrigger("post")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var links = client.CreateHttpManagementPayload(await client.ScheduleNewOrchestrationInstanceAsync("wait"));
        return new AcceptedResult(links.StatusQueryGetUri, links);
    }

    [Function("wait")]
    public static Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("go");

    [Function("nothing")]
    public static void Nothing([HttpTrigger("get")] HttpRequest request)
    {
    }

    [Function("fails")]
    public static IActionResult Fails([HttpTrigger("get")] HttpRequest request) => throw new InvalidOperationException("Secret.");

    [Function("stream")]
    public async Task<IActionResult> StreamAsync([HttpTrigger("get")] HttpRequest request, bool fail, CancellationToken cancellationToken)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/event-stream";
        await response.WriteAsync("first\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        await gate.PassAsync(cancellationToken);
        if (fail)
        {
            throw new InvalidOperationException("In the middle.");
        }

        await response.WriteAsync("second\n", cancellationToken);
        return new EmptyResult();
    }

    [Function("waits")]
    public async Task<IActionResult> Waits([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
    {
        await gate.PassAsync(cancellationToken);
        return new OkResult();
    }

    [Function("closed")]
    public static IActionResult Closed([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => new OkResult();
}
