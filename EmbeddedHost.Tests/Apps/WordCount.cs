using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Fan-out and fan-in, in a class that takes services.</summary>
public sealed class WordCount(ILogger<WordCount> logger, WordCount.ITextSource source)
{
    public interface ITextSource
    {
        string Read(string page);
    }

    [Function("WordCount_Start")]
    public async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "books/{book}/count")] HttpRequestData req,
        string book,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var pages = await req.ReadFromJsonAsync<string[]>(cancellationToken);
        var instanceId = await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(WordCount), pages, new StartOrchestrationOptions { InstanceId = $"count-{book}" }, cancellationToken);
        logger.LogInformation("Counting {Book} as {InstanceId}.", book, instanceId);
        return client.CreateCheckStatusResponse(req, instanceId, cancellationToken);
    }

    [Function(nameof(WordCount))]
    public static async Task<int> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var pages = context.GetInput<string[]>() ?? [];
        var counts = new Task<int>[pages.Length];
        for (var i = 0; i < pages.Length; i++)
        {
            counts[i] = context.CallActivityAsync<int>(nameof(CountPage), pages[i]);
        }

        await Task.WhenAll(counts);
        return counts.Sum(count => count.Result);
    }

    [Function(nameof(CountPage))]
    public async Task<int> CountPage([ActivityTrigger] string page)
    {
        await Task.Yield();
        return source.Read(page).Split(' ').Length;
    }
}
