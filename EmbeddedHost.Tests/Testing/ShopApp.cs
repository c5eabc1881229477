using System.Net;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

/// <summary>A small app with what a test host has to bring along: HTTP, activities that write, retries, timers and an event.</summary>
public sealed class ShopApp(TableServiceClient tables, TimeProvider time)
{
    public const string Orders = "orders";

    [Function(nameof(Buy))]
    public static async Task<string> Buy([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1)));
        await context.CallActivityAsync(nameof(Pack), context.InstanceId, retry);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => context.CallActivityAsync<int>(nameof(Weigh), i)));
        await context.CallActivityAsync(nameof(Ship), context.InstanceId, retry);
        return "shipped";
    }

    [Function(nameof(Approve))]
    public static async Task<string> Approve([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var off = new CancellationTokenSource();
        var answer = context.WaitForExternalEvent<string>("Answer");
        var late = context.CreateTimer(TimeSpan.FromHours(24), off.Token);
        if (await Task.WhenAny(answer, late) == late)
        {
            return "late";
        }

        // Never CancelAsync: it goes on upon the thread pool, where an orchestrator's code must not.
        off.Cancel();
        return await answer;
    }

    [Function(nameof(Pack))]
    public async Task Pack([ActivityTrigger] string order) => await WriteAsync(order, "packed");

    [Function(nameof(Ship))]
    public async Task Ship([ActivityTrigger] string order) => await WriteAsync(order, "shipped");

    [Function(nameof(Weigh))]
    public static async Task<int> Weigh([ActivityTrigger] int item)
    {
        await Task.Yield();
        return item;
    }

    [Function(nameof(Outside))]
    public static Task Outside([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(nameof(AskOutside));

    [Function(nameof(AskOutside))]
    public async Task AskOutside([ActivityTrigger] string? nothing)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
        await Task.Run(static () => { }, CancellationToken.None).WaitAsync(deadline.Token);
    }

    [Function(nameof(Start))]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "buy/{order}")] HttpRequestData request,
        string order,
        [DurableClient] DurableTaskClient client)
    {
        _ = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Buy), new StartOrchestrationOptions(order));
        var response = request.CreateResponse(HttpStatusCode.Accepted);
        await response.WriteStringAsync(await request.ReadAsStringAsync() + order);
        return response;
    }

    private async Task WriteAsync(string order, string what)
    {
        var table = tables.GetTableClient(Orders);
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity(order, what) { ["At"] = time.GetUtcNow() });
    }
}
