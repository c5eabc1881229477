using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Terminate ends an instance at once.</summary>
public sealed class TerminateTests
{
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
        await hub.ReachesAsync(id, OrchestrationRuntimeStatus.Terminated);
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.Equal(0, starts);
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
