using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FanOutFanIn;

/// <summary>Counts the words of many texts at the same time, and adds the counts up when all are there.</summary>
public static class WordCount
{
    [Function(nameof(StartCount))]
    public static async Task<HttpResponseData> StartCount(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "word-counts")] HttpRequestData request,
        [DurableClient] DurableTaskClient client)
    {
        if (await request.ReadFromJsonAsync<string[]>() is not { } texts)
        {
            return request.CreateResponse(HttpStatusCode.BadRequest);
        }

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(CountAll), texts);
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function(nameof(CountAll))]
    public static async Task<int> CountAll([OrchestrationTrigger] TaskOrchestrationContext context, string[] texts)
    {
        // All are started before the first is awaited. After a crash only those run again that had no result yet.
        var counts = texts.Select(text => context.CallActivityAsync<int>(nameof(Count), text)).ToList();
        return (await Task.WhenAll(counts)).Sum();
    }

    [Function(nameof(Count))]
    public static int Count([ActivityTrigger] string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
