using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Framework;
using EmbeddedHost.Tests.Engine;
using DurableTask.Core.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Framework;

/// <summary>The history that readers get of Microsoft's engine is the one that they get of ours.</summary>
public sealed class FrameworkHistoryTests
{
    [Fact]
    public async Task ReadHistory_SameOrchestration_HasTheRowsOfTheEmbeddedEngine()
    {
        await using var embedded = new HubFixture(warm: 10);
        AddTo(embedded.Functions);
        using var framework = new FrameworkHub(
            new InMemoryOrchestrationService(),
            new EngineServices(Added(new LambdaFunctions()), new LambdaFunctions(), TimeProvider.System, NullLoggerFactory.Instance),
            new VersioningSettings());
        await framework.StartAsync(CancellationToken.None);

        var expected = await RunAsync(embedded.Hub);
        var found = await RunAsync(framework);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
        Assert.Null(await framework.ReadHistoryAsync("nobody", includePayloads: true, CancellationToken.None));
        await framework.StopAsync(CancellationToken.None);
    }

    private static LambdaFunctions Added(LambdaFunctions functions)
    {
        AddTo(functions);
        return functions;
    }

    private static void AddTo(LambdaFunctions functions)
    {
        functions.Orchestrator<string>("Child", async context => await context.CallActivityAsync<string>("Echo", "child"));
        functions.Orchestrator<string>("Parent", async context =>
        {
            var said = await context.CallActivityAsync<string>("Echo", "said");
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            var heard = await context.WaitForExternalEvent<string>("Heard");
            try
            {
                await context.CallActivityAsync("Fail", "input");
            }
            catch (TaskFailedException)
            {
                heard += await context.CallSubOrchestratorAsync<string>("Child");
            }

            return said + heard;
        });
        functions.Activity<string, string>("Echo", static input => Task.FromResult(input));
        functions.Activity<string, string>("Fail", static input => Task.FromException<string>(new InvalidOperationException(input)));
    }

    private static async Task<List<string>> RunAsync(ITaskHub hub)
    {
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", input: "in");
        _ = await hub.Client.WaitForInstanceStartAsync(id);
        await hub.Client.RaiseEventAsync(id, "Heard", "heard");
        var end = await hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        var history = await hub.ReadHistoryAsync(id, includePayloads: true, CancellationToken.None);
        // Where an event stands that comes from outside, each engine decides for itself.
        return [.. history!.Events.Select(Text).Order(StringComparer.Ordinal)];
    }

    private static string Text(HistoryRow row) =>
        $"{row.EventType} {row.FunctionName} {row.Name} {Json(row.Input)} {Json(row.Result)} {row.Reason} {row.OrchestrationStatus} "
        + $"{row.ScheduledTime is not null} {row.FireAt is not null} {row.FailureDetails?.ErrorType}";

    private static string Json(byte[]? payload) => payload is null ? "-" : System.Text.Encoding.UTF8.GetString(payload);
}
