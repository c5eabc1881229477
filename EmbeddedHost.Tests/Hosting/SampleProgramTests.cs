using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>What the programs of public samples, and of Core Tools' templates, call on their builders.</summary>
public sealed class SampleProgramTests
{
    [Fact]
    public async Task ApplicationBuilder_WithApplicationInsights_Runs()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)], static builder =>
        {
            _ = builder.ConfigureFunctionsWebApplication();
            _ = builder.Services.AddApplicationInsightsTelemetryWorkerService().ConfigureFunctionsApplicationInsights();
        });

        await AssertRunsAsync(host);
    }

    [Fact]
    public async Task GenericHost_WithApplicationInsightsAndItsLogRule_Runs()
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Functions)], static builder => builder
            .ConfigureFunctionsWebApplication()
            .ConfigureServices(static services =>
            {
                _ = services.AddApplicationInsightsTelemetryWorkerService();
                _ = services.ConfigureFunctionsApplicationInsights();
                _ = services.Configure<LoggerFilterOptions>(static options =>
                {
                    const string Provider = "Microsoft.Extensions.Logging.ApplicationInsights.ApplicationInsightsLoggerProvider";
                    if (options.Rules.FirstOrDefault(static rule => rule.ProviderName == Provider) is { } rule)
                    {
                        _ = options.Rules.Remove(rule);
                    }
                });
            }));

        await AssertRunsAsync(host);
    }

    [Fact]
    public async Task GenericHost_WorkerDefaultsWithApplicationInsights_Runs()
    {
        await using var host = await RunningHost.StartGenericAsync([typeof(Functions)], static builder => builder
            .ConfigureFunctionsWorkerDefaults()
            .ConfigureServices(static services => services.AddApplicationInsightsTelemetryWorkerService().ConfigureFunctionsApplicationInsights()));

        await AssertRunsAsync(host);
    }

    private static async Task AssertRunsAsync(RunningHost host)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("greet-all");
        var end = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        Assert.Equal("Hello Tokyo", end.ReadOutputAs<string>());
    }

    public static class Functions
    {
        [Function("greet-all")]
        public static Task<string> GreetAll([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>("greet", "Tokyo");

        [Function("greet")]
        public static string Greet([ActivityTrigger] string name, FunctionContext context)
        {
            context.GetLogger("greet").LogInformation("Greeting {Name}.", name);
            return $"Hello {name}";
        }
    }
}
