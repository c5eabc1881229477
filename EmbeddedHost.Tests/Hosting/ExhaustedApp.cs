using EmbeddedHost.Hosting.Startup;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>An app that runs out of memory in every kind of code. It is the program that this assembly is when it is started as one.</summary>
public static class ExhaustedApp
{
    public static Task Main(string[] args)
    {
        var setup = new HostSetup
        {
            Arguments = args,
            ContentRoot = Path.GetTempPath(),
            FunctionTypes = [typeof(ExhaustedApp)],
            OwnsProcess = true,
        };
        return EmbeddedStartup.Use(FunctionsApplication.CreateBuilder([]), setup).Build().RunAsync();
    }

    [Function("fill")]
    public static async Task Fill(
        [HttpTrigger(Route = "fill/{place}")] HttpRequestData request, string place, [DurableClient] DurableTaskClient client)
    {
        switch (place)
        {
            case "function":
                FillMemory();
                break;
            case "background":
                _ = Task.Run(FillMemory);
                break;
            case "type":
                _ = Filled.Blocks;
                break;
            case "caught":
                Catch(FillMemory);
                break;
            default:
                _ = await client.ScheduleNewOrchestrationInstanceAsync(place);
                break;
        }
    }

    [Function("orchestrator")]
    public static void Orchestrator([OrchestrationTrigger] TaskOrchestrationContext context) => FillMemory();

    [Function("caller")]
    public static Task Caller([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("activity", "now");

    [Function("activity")]
    public static async Task Activity([ActivityTrigger] string input)
    {
        await Task.Yield();
        FillMemory();
    }

    private static void FillMemory() => _ = Blocks();

    private static List<byte[]> Blocks()
    {
        var blocks = new List<byte[]>();
        while (true)
        {
            blocks.Add(new byte[100_000]);
        }
    }

    private static void Catch(Action act)
    {
        try
        {
            act();
        }
        catch (OutOfMemoryException)
        {
            // As a library does that goes on with a smaller buffer.
        }
    }

    private static class Filled
    {
        public static readonly List<byte[]> Blocks = ExhaustedApp.Blocks();
    }
}
