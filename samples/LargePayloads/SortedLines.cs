using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LargePayloads;

/// <summary>
/// Sorts the lines of a text of many megabytes, which is an input and an output of an orchestration. Where another store has
/// the text anyway, hand on its name instead: a payload is copied with each step.
/// </summary>
public static class SortedLines
{
    [Function(nameof(StartSort))]
    public static async Task<HttpResponseData> StartSort(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sorted-lines")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Sort), await request.ReadAsStringAsync());
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    /// <summary>The sorted text itself, which the status would have as a text within JSON.</summary>
    [Function(nameof(ReadSorted))]
    public static async Task<HttpResponseData> ReadSorted(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sorted-lines/{id}")] HttpRequestData request,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true);
        if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Completed })
        {
            return request.CreateResponse(HttpStatusCode.NotFound);
        }

        var response = request.CreateResponse();
        await response.WriteStringAsync(instance.ReadOutputAs<string>() ?? "");
        return response;
    }

    [Function(nameof(Sort))]
    public static Task<string> Sort([OrchestrationTrigger] TaskOrchestrationContext context, string text) =>
        context.CallActivityAsync<string>(nameof(SortText), text);

    [Function(nameof(SortText))]
    public static string SortText([ActivityTrigger] string text) => string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));
}
