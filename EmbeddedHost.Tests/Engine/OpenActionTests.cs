using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>What an orchestrator has asked for and does not await: its instance ends when all of it has.</summary>
public sealed class OpenActionTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task End_TimerNotCancelled_ComesWhenItHasFired(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Race", static async context =>
        {
            _ = context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
            var answer = await context.WaitForExternalEvent<string>("E");
            context.SetCustomStatus("answered");
            return answer;
        });

        var id = await hub.StartAsync("Race");
        await hub.Client.RaiseEventAsync(id, "E", "yes");
        await hub.ShowsAsync(id, "answered");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.GetAsync(id)).RuntimeStatus);
        await HubFixture.UntilAsync(() => clock.Armed == 1, "its timer is armed");
        clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal("yes", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("return", OrchestrationRuntimeStatus.Completed)]
    [InlineData("throw", OrchestrationRuntimeStatus.Failed)]
    [InlineData("continue", OrchestrationRuntimeStatus.Completed)]
    public async Task End_ActivityNotAwaited_ComesAfterIt(string how, OrchestrationRuntimeStatus expected)
    {
        var slow = new TaskCompletionSource<int>();
        var calls = 0;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Slow", _ =>
            {
                _ = Interlocked.Increment(ref calls);
                return slow.Task;
            })
            .Orchestrator("Leave", context =>
            {
                if (context.GetInput<int>() > 0)
                {
                    return Task.FromResult(0);
                }

                _ = context.CallActivityAsync<int>("Slow", 1);
                context.SetCustomStatus("left");
                if (how == "continue")
                {
                    context.ContinueAsNew(1);
                }

                return how == "throw" ? throw new InvalidOperationException("It went wrong.") : Task.FromResult(0);
            });

        var id = await hub.StartAsync("Leave", 0);
        await hub.ShowsAsync(id, "left");
        await HubFixture.UntilAsync(() => calls == 1, "the activity runs");
        await hub.CrashAndRestartAsync();
        await HubFixture.UntilAsync(() => hub.Hub.Activities.Running == 1, "the activity runs again");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.GetAsync(id)).RuntimeStatus);
        slow.SetResult(1);

        Assert.Equal(expected, (await hub.EndAsync(id)).RuntimeStatus);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Terminate_WhileSomethingIsOpen_EndsAtOnce()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Sleep", static context =>
        {
            _ = context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
            return Task.FromResult(1);
        });

        var id = await hub.StartAsync("Sleep");
        await hub.Client.TerminateInstanceAsync(id, "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync(id)).RuntimeStatus);
    }
}
