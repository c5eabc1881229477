using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Tracing;

/// <summary>
/// One trace from the request to the last step. The host has a span for each orchestration and each activity; what the app
/// does within an activity has spans below that.
/// </summary>
public static class Checkout
{
    public static readonly ActivitySource Spans = new("Tracing.Checkout");

    [Function(nameof(StartCheckout))]
    public static async Task<HttpResponseData> StartCheckout(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "checkouts/{order}")] HttpRequestData request,
        string order,
        [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(CheckOut), order);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    /// <summary>The trace that each step was part of.</summary>
    [Function(nameof(CheckOut))]
    public static async Task<string?[]> CheckOut([OrchestrationTrigger] TaskOrchestrationContext context, string order) =>
    [
        await context.CallActivityAsync<string?>(nameof(Charge), order),
        await context.CallActivityAsync<string?>(nameof(Ship), order),
    ];

    [Function(nameof(Charge))]
    public static string? Charge([ActivityTrigger] string order)
    {
        using var span = Spans.StartActivity("call the bank", ActivityKind.Client);
        span?.SetTag("order", order);
        return Activity.Current?.TraceId.ToString();
    }

    [Function(nameof(Ship))]
    public static string? Ship([ActivityTrigger] string order)
    {
        using var span = Spans.StartActivity("print the label");
        span?.SetTag("order", order);
        return Activity.Current?.TraceId.ToString();
    }
}
