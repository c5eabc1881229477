using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Suspend holds messages back; resume delivers them in order.</summary>
public sealed class SuspendTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Suspend_EventsRaised_AreDeliveredInOrderOnResume(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
            await context.WaitForExternalEvent<string>("E") + await context.WaitForExternalEvent<string>("E"));

        var id = await hub.StartAsync("Wait");
        await hub.Client.SuspendInstanceAsync(id, "audit");
        await hub.Client.RaiseEventAsync(id, "E", "1");
        await hub.Client.RaiseEventAsync(id, "E", "2");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.GetAsync(id)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("12", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Suspend_TimerDueMeanwhile_FiresOnResume(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Sleep", static async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
            return true;
        });

        var id = await hub.StartAsync("Sleep");
        await hub.Client.SuspendInstanceAsync(id);
        clock.Advance(TimeSpan.FromMinutes(20));
        await HubFixture.UntilAsync(() => clock.Armed == 0, "the timer has come and gone");
        await hub.Client.ResumeInstanceAsync(id);

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

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
        clock.Advance(TimeSpan.FromHours(1));
        await hub.Client.RaiseEventAsync(id, "E", "held");
        await hub.Client.RaiseEventAsync(id, "Other");
        Assert.Equal(0, starts);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("held", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(1, starts);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Suspend_ActivityUnderWay_ItsResultIsHeldAndItDoesNotRunAgain(int warm)
    {
        var result = new TaskCompletionSource<int>();
        var runs = 0;
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Slow", _ =>
            {
                _ = Interlocked.Increment(ref runs);
                return result.Task;
            })
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Slow", 1));

        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => runs == 1, "the activity runs");
        await hub.Client.SuspendInstanceAsync(id);
        result.SetResult(9);
        await HubFixture.UntilAsync(() => !hub.Hub.Activities.IsUnderWay(1, 0), "the result is taken");
        await hub.Client.RaiseEventAsync(id, "Other");
        await hub.Client.RaiseEventAsync(id, "Other");
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(9, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
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
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.GetAsync(id)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal(6, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }
}
