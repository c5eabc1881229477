using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The app whose instances the tests manage.</summary>
public static class ManagedFunctions
{
    public sealed record Input([property: JsonPropertyName("wait")] string Wait);

    [Function("start")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger("post", Route = "start/{id}")] HttpRequestData request, string id, [DurableClient] DurableTaskClient client) =>
        await client.CreateCheckStatusResponseAsync(request, await client.ScheduleNewOrchestrationInstanceAsync(
            "waiter", new Input("go"), new StartOrchestrationOptions(id)));

    [Function("wait")]
    public static async Task<HttpResponseData> Wait(
        [HttpTrigger("get", Route = "wait/{name}")] HttpRequestData request, string name, int patience, [DurableClient] DurableTaskClient client)
    {
        using var timeout = new CancellationTokenSource(patience);
        var id = name == "nobody" ? name : await client.ScheduleNewOrchestrationInstanceAsync(name, new Input("go"), CancellationToken.None);
        return await client.WaitForCompletionOrCreateCheckStatusResponseAsync(
            request, id, returnInternalServerErrorOnFailure: true, getInputsAndOutputs: true, cancellation: timeout.Token);
    }

    /// <summary>Calls an activity, shows that it waits, and returns what the event brings.</summary>
    [Function("waiter")]
    public static async Task<JsonElement> Waiter([OrchestrationTrigger] Input input, TaskOrchestrationContext context)
    {
        _ = await context.CallActivityAsync<int>("double", 21);
        context.SetCustomStatus(new[] { "waiting" });
        return await context.WaitForExternalEvent<JsonElement>(input.Wait);
    }

    [Function("double")]
    public static int Twofold([ActivityTrigger] int value) => value * 2;

    [Function("quick")]
    public static int Quick([OrchestrationTrigger] TaskOrchestrationContext context) => 7;

    [Function("failing")]
    public static int Failing([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no way");
}
