using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Tags are kept with what they were put on.</summary>
public sealed class TagTests
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal) { ["team"] = "a", ["kind"] = "\u00E9" };

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Tags_OfAStart_AreInWhatTheClientGets(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions { Tags = Tags });
        var untagged = await hub.StartAsync("Wait");

        Assert.Equal(Tags, (await hub.GetAsync(id)).Tags);
        Assert.Empty((await hub.GetAsync(untagged)).Tags);
        await hub.CrashAndRestartAsync();
        await foreach (var row in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: id)))
        {
            Assert.Equal(Tags, row.Tags);
        }
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Tags_OfCalls_AreTheChildsAndInTheHistory(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Child", static context => Task.FromResult(context.InstanceId))
            .Orchestrator("Parent", static async context =>
            {
                _ = await context.CallActivityAsync<int>("Echo", 1, new TaskOptions(tags: Tags));
                return await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Tags = Tags });
            });

        var parent = await hub.RunAsync("Parent");

        Assert.Equal(Tags, (await hub.GetAsync(parent.ReadOutputAs<string>()!)).Tags);
        var calls = hub.Hub.Reader.History(hub.KeyOf(parent.InstanceId)).SelectMany(static turn => turn.Events).Where(static e => e.IsAction);
        Assert.All(calls, static call => Assert.Equal(Tags, call.Tags));
        Assert.Equal([HistoryEventKind.TaskScheduled, HistoryEventKind.SubOrchestrationCreated], calls.Select(static call => call.Kind));
    }
}
