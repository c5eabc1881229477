using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Suspend holds messages back; resume delivers them in order.</summary>
public sealed class SuspendTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Suspend_BeforeAScheduledStart_StartsOnceOnResume(int warm)
    {
        var clock = new ManualClock();
        var starts = 0;
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Wait", async context =>
        {
            _ = context.IsReplaying ? 0 : Interlocked.Increment(ref starts);
            return await context.WaitForExternalEvent<string>("E");
        });

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", new StartOrchestrationOptions(StartAt: ManualClock.Start.AddHours(1)));
        await hub.Client.SuspendInstanceAsync(id);
        await hub.ReachesAsync(id, OrchestrationRuntimeStatus.Suspended);
        clock.Advance(TimeSpan.FromHours(1));
        await hub.Client.RaiseEventAsync(id, "E", "held");
        await hub.Client.RaiseEventAsync(id, "Other");
        await hub.TakenAsync();
        Assert.Equal(0, starts);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("held", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(1, starts);
    }

    [Fact]
    public async Task Suspend_CrashWhileHeld_ResumesWithWhatWasHeld()
    {
        var runs = 0;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Quick", n =>
            {
                _ = Interlocked.Increment(ref runs);
                return n;
            })
            .Orchestrator("Call", static async context =>
                await context.WaitForExternalEvent<int>("E") + await context.CallActivityAsync<int>("Quick", 1));

        var id = await hub.StartAsync("Call");
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.RaiseEventAsync(id, "E", 5);
        await hub.CrashAndRestartAsync();
        await hub.ReachesAsync(id, OrchestrationRuntimeStatus.Suspended);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(6, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }
}
