using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Takes, keeps and gives back what is large.</summary>
public static class LargePayloads
{
    [Function("Upload")]
    public static async Task<HttpResponseData> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData req, [DurableClient] DurableTaskClient client)
    {
        var text = await req.ReadFromJsonAsync<string>();
        return client.CreateCheckStatusResponse(req, await client.ScheduleNewOrchestrationInstanceAsync(nameof(LargePayloads), text));
    }

    [Function(nameof(LargePayloads))]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, string text)
    {
        var reversed = await context.CallActivityAsync<string>(nameof(Reverse), text);
        var more = await context.WaitForExternalEvent<string>("More");
        return reversed + await context.CallActivityAsync<string>(nameof(Reverse), more);
    }

    [Function(nameof(Reverse))]
    public static string Reverse([ActivityTrigger] string text) =>
        string.Create(text.Length, text, (reversed, source) =>
        {
            source.AsSpan().CopyTo(reversed);
            reversed.Reverse();
        });
}
