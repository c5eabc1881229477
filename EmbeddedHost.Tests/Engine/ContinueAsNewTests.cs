using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Eternal orchestrations: each execution has its own history, one instance has them all.</summary>
public sealed class ContinueAsNewTests
{
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
        await hub.Client.RaiseEventAsync(id, "Block");
        await inTurn.WaitAsync();
        await hub.Client.RaiseEventAsync(id, "Go");
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.RaiseEventAsync(id, "E", "kept");
        _ = goOn.Release();

        await hub.TakenAsync();
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
        await hub.TakenAsync();
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the second execution runs");

        // As if the crash had come before its first turn.
        await hub.RewriteAsync(
            "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history); UPDATE status SET wake_at = updated");
        await hub.CrashAndRestartAsync();
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the second execution runs again");
        await hub.Client.RaiseEventAsync(id, "E", "!");

        Assert.Equal("kept!", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }
}
