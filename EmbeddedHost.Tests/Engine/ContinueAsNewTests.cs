using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Eternal orchestrations: each execution has its own history, one instance has them all.</summary>
public sealed class ContinueAsNewTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ContinueAsNew_UntilDone_RunsEachExecutionOnItsInput(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Next", static n => n + 1)
            .Orchestrator("Count", static async context =>
            {
                var next = await context.CallActivityAsync<int>("Next", context.GetInput<int>());
                if (next < 5)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            });

        Assert.Equal(5, (await hub.RunAsync("Count", 0)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(10_000, true, "kept")]
    [InlineData(0, true, "kept")]
    [InlineData(10_000, false, "fresh")]
    [InlineData(0, false, "fresh")]
    public async Task ContinueAsNew_BufferedEvents_AreKeptUnlessToldNotTo(int warm, bool preserve, string expected)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Twice", async context =>
        {
            if (context.GetInput<int>() == 1)
            {
                context.SetCustomStatus("second");
                return await context.WaitForExternalEvent<string>("E");
            }

            await context.WaitForExternalEvent<object?>("Go");
            context.ContinueAsNew(1, preserve);
            return "";
        });

        var id = await hub.StartAsync("Twice", 0);
        await hub.Client.RaiseEventAsync(id, "E", "kept");
        await hub.Client.RaiseEventAsync(id, "Go");
        await HubFixture.UntilAsync(async () => (await hub.GetAsync(id)) is { SerializedCustomStatus: not null } or { IsCompleted: true }, "the second execution");
        await hub.Client.RaiseEventAsync(id, "E", "fresh");

        Assert.Equal(expected, (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ContinueAsNew_EventForAWaiterLeftBehind_IsKept(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Leave", static async context =>
        {
            if (context.GetInput<int>() == 1)
            {
                return await context.WaitForExternalEvent<string>("E");
            }

            var leftBehind = context.WaitForExternalEvent<string>("E");
            await context.WaitForExternalEvent<object?>("Go");
            context.ContinueAsNew(1);
            return "";
        });

        // Both are held back, so that one turn takes them in.
        var id = await hub.StartAsync("Leave", 0);
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.RaiseEventAsync(id, "Go");
        await hub.Client.RaiseEventAsync(id, "E", "kept");
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_SuspendedInTheSameTurn_StaysSuspendedAndKeepsWhatItHolds()
    {
        using var inTurn = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Leave", async context =>
        {
            if (context.GetInput<int>() == 1)
            {
                return await context.WaitForExternalEvent<string>("E");
            }

            await context.WaitForExternalEvent<object?>("Block");
            _ = inTurn.Release();
            goOn.Wait();
            await context.WaitForExternalEvent<object?>("Go");
            context.ContinueAsNew(1);
            return "";
        });

        // While its code is busy, the mailbox fills: the next turn takes all of it.
        var id = await hub.StartAsync("Leave", 0);
        var block = Task.Run(() => hub.Client.RaiseEventAsync(id, "Block"));
        await inTurn.WaitAsync();
        Task[] sent =
        [
            hub.Client.RaiseEventAsync(id, "Go"),
            hub.Client.SuspendInstanceAsync(id),
            hub.Client.RaiseEventAsync(id, "E", "kept"),
        ];
        _ = goOn.Release();
        await Task.WhenAll([block, .. sent]);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.GetAsync(id)).RuntimeStatus);
        await hub.CrashAndRestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.GetAsync(id)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);
        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_CrashBetweenExecutions_TheNextStartsWithItsInputAndEvents()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Twice", static async context =>
        {
            if (context.GetInput<int>() == 1)
            {
                return await context.WaitForExternalEvent<string>("Kept") + await context.WaitForExternalEvent<string>("E");
            }

            await context.WaitForExternalEvent<object?>("Go");
            context.ContinueAsNew(1);
            return "";
        });
        var id = await hub.StartAsync("Twice", 0);
        await hub.Client.RaiseEventAsync(id, "Kept", "kept");
        await hub.Client.RaiseEventAsync(id, "Go");
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the second execution runs");

        // As if the crash had come before its first turn.
        await hub.RewriteAsync(
            "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history); UPDATE status SET wake_at = updated");
        await hub.CrashAndRestartAsync();
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the second execution runs again");
        await hub.Client.RaiseEventAsync(id, "E", "!");

        Assert.Equal("kept!", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ContinueAsNew_CustomStatus_StaysUntilSetAgain(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Twice", static context =>
        {
            if (context.GetInput<int>() == 0)
            {
                context.SetCustomStatus("first");
                context.ContinueAsNew(1);
            }

            return Task.FromResult(1);
        });

        Assert.Equal("first", (await hub.RunAsync("Twice", 0)).ReadCustomStatusAs<string>());
    }
}
