using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Terminate ends an instance at once.</summary>
public sealed class TerminateTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_ActivityUnderWay_EndsWithTheOutputAndDropsTheResult(int warm)
    {
        var result = new TaskCompletionSource<int>();
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Slow", _ => result.Task)
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Slow", 1));

        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => hub.Hub.Activities.Running == 1, "the activity runs");
        await hub.Client.TerminateInstanceAsync(id, "enough");
        var ended = await hub.EndAsync(id);
        result.SetResult(1);
        await HubFixture.UntilAsync(() => !hub.Hub.Activities.IsUnderWay(1, 0), "the result is dropped");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.GetAsync(id)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_Suspended_Ends(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));

        var id = await hub.StartAsync("Wait");
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_BeforeAScheduledStart_NeverStarts(int warm)
    {
        var clock = new ManualClock();
        var starts = 0;
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Never", _ => Task.FromResult(++starts));

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Never", new StartOrchestrationOptions(StartAt: ManualClock.Start.AddHours(1)));
        await hub.Client.TerminateInstanceAsync(id);
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.Equal(0, starts);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_NotRecursive_LeavesTheChildRunning(int warm)
    {
        await using var hub = new HubFixture(warm);
        Family(hub, static () => { });

        var id = await hub.StartAsync("Parent", instanceId: "p");
        await hub.Client.TerminateInstanceAsync(id);
        _ = await hub.EndAsync(id);
        await hub.Client.RaiseEventAsync("p-child", "E");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndAsync("p-child")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.GetAsync(id)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Terminate_Recursive_EndsTheChildrenAndNobodyReactsToThat(int warm)
    {
        var reactions = 0;
        await using var hub = new HubFixture(warm);
        Family(hub, () => Interlocked.Increment(ref reactions));

        for (var i = 0; i < 20; i++)
        {
            var id = await hub.StartAsync("Parent", instanceId: $"p{i}");
            await hub.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: true));

            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync($"{id}-child")).RuntimeStatus);
        }

        Assert.Equal(0, reactions);
    }

    private static void Family(HubFixture hub, Action onFailure) => hub
        .Orchestrator("Child", static context => context.WaitForExternalEvent<object?>("E"))
        .Orchestrator("Parent", async context =>
        {
            try
            {
                await context.CallSubOrchestratorAsync(
                    "Child", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
            }
            catch (TaskFailedException)
            {
                onFailure();
            }

            return 1;
        });
}
