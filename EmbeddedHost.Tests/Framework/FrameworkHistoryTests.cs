using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Framework;

/// <summary>
/// The history that readers get of Microsoft's engine is the one that they get of ours, but for the inputs of activities, which a storage
/// account does not keep.
/// </summary>
public sealed class FrameworkHistoryTests
{
    [Fact]
    public async Task ReadHistory_SameOrchestration_HasTheRowsOfTheEmbeddedEngineWithoutInputsOfActivities()
    {
        await using var embedded = new EmbeddedEngine(App(), warm: 10);
        await using var framework = await AzureStorageEngine.StartAsync(App());

        var expected = await RunAsync(embedded.Hub);
        var found = await RunAsync(framework.Hub);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
        Assert.Null(await framework.Hub.ReadHistoryAsync("nobody", includePayloads: true, CancellationToken.None));
    }

    private static ContractApp App() => new ContractApp()
        .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Echo", "child"))
        .Orchestrator("Parent", async context =>
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
        })
        .Activity<string, string>("Echo", static input => input)
        .Activity<string, string>("Fail", static input => throw new InvalidOperationException(input));

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
        $"{row.EventType} {row.FunctionName} {row.Name} {Json(row.EventType.StartsWith("Task", StringComparison.Ordinal) ? null : row.Input)} {Json(row.Result)} {row.Reason} {row.OrchestrationStatus} "
        + $"{row.ScheduledTime is not null} {row.FireAt is not null} {row.FailureDetails?.ErrorType}";

    private static string Json(byte[]? payload) => payload is null ? "-" : System.Text.Encoding.UTF8.GetString(payload);
}
