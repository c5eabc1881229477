namespace EmbeddedHost.Tests.Engine;

/// <summary>What an orchestrator can do, warm and cold: both must give the same result.</summary>
public sealed class OrchestrationTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Run_TimerEventAndSubOrchestration_CompletesWithResult(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Child", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                return context.GetInput<string>() + "!";
            })
            .Orchestrator("Parent", static async context =>
            {
                var greeting = await context.CallSubOrchestratorAsync<string>("Child", "hello");
                var name = await context.WaitForExternalEvent<string>("Name");
                return $"{greeting} {name}";
            });

        var id = await hub.StartAsync("Parent");
        await hub.Client.RaiseEventAsync(id, "name", "world");
        var result = await hub.EndAsync(id);

        Assert.Equal("hello! world", result.ReadOutputAs<string>());
    }

    [Fact]
    public async Task CrashAndRestart_ActivityUnderWay_RunsAgainAndCompletes()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Slow", async n =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    started.SetResult();
                    await new TaskCompletionSource().Task;
                }

                return n + 1;
            })
            .Orchestrator("One", static context => context.CallActivityAsync<int>("Slow", 1));
        var id = await hub.StartAsync("One");
        await HubFixture.UntilAsync(() => runs == 1, "the activity runs");

        await started.Task;
        await hub.CrashAndRestartAsync();
        var result = await hub.EndAsync(id);

        Assert.Equal(2, result.ReadOutputAs<int>());
        Assert.Equal(2, runs);
    }
}
