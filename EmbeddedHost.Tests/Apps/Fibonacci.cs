using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Apps;

/// <summary>An orchestrator that calls itself.</summary>
internal static class Fibonacci
{
    [Function("Fibonacci_Start")]
    public static async Task<HttpResponseData> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "fibonacci")] HttpRequestData req,
        [DurableClient] DurableTaskClient client)
    {
        int? n = await req.ReadFromJsonAsync<int>();
        return client.CreateCheckStatusResponse(req, await client.ScheduleNewOrchestrationInstanceAsync(nameof(Fibonacci), n));
    }

    [Function(nameof(Fibonacci))]
    public static async Task<int> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        switch (context.GetInput<int>())
        {
            case var n and (0 or 1):
                return await context.CallActivityAsync<int>(nameof(Leaf), n);
            case var n:
                var left = context.CallSubOrchestratorAsync<int>(nameof(Fibonacci), n - 1);
                var right = context.CallSubOrchestratorAsync<int>(nameof(Fibonacci), n - 2);
                return await left + await right;
        }
    }

    [Function(nameof(Leaf))]
    public static int Leaf([ActivityTrigger] int n) => n;
}
