using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <content>What failed was the code itself, which has been deployed anew.</content>
public sealed partial class RewindTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Rewind_CodeThrewInItsFirstTurn_StartsAgainWithItsInput(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Bug", context =>
            _broken ? throw new InvalidDataException("a bug") : Task.FromResult(context.GetInput<int>()));
        var id = await hub.StartAsync("Bug", 42);

        Assert.Equal(42, (await FailRepairAndRewindAsync(hub, id, started: true)).ReadOutputAs<int>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Rewind_CodeThrewByItself_GoesOnOnTheRepairedCode(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = Steps(hub).Orchestrator("Bug", async context =>
        {
            var one = await context.CallActivityAsync<int>("Good", 1);
            var two = await context.WaitForExternalEvent<int>("E");
            return _broken ? throw new InvalidDataException("a bug") : one + two;
        });
        var id = await hub.StartAsync("Bug");
        await hub.Client.RaiseEventAsync(id, "E", 2);

        var ended = await FailRepairAndRewindAsync(hub, id, started: true);

        Assert.Equal(3, ended.ReadOutputAs<int>());
        Assert.Equal(["Good 1"], _runs);
    }

    [Fact]
    public async Task Rewind_CodeMatchesItsHistoryAgain_GoesOnWithTheEventItFailedAt()
    {
        await using var hub = new HubFixture();
        Func<TaskOrchestrationContext, Task<int>> right = static async context =>
            await context.CallActivityAsync<int>("Good", 1) + await context.WaitForExternalEvent<int>("E");
        _ = Steps(hub).Orchestrator("Changed", right);
        var id = await hub.StartAsync("Changed");
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "it waits");
        _ = hub.Orchestrator("Changed", static context => context.CallActivityAsync<int>("Renamed", 1));
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E", 2);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RewindInstanceAsync(id, "too soon"));
        _ = hub.Orchestrator("Changed", right);
        await hub.Client.RewindInstanceAsync(id, "deployed again");

        Assert.Contains("sequence number 0", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(["Good 1"], _runs);
    }

    [Fact]
    public async Task Rewind_OrchestratorIsPartOfTheAppAgain_GoesOn()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Gone", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Gone");
        hub.Remove("Gone");
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E", 2);
        Assert.Contains("'Gone' is not part of this app", (await hub.EndAsync(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);

        _ = hub.Orchestrator("Gone", static context => context.WaitForExternalEvent<int>("E"));
        await hub.Client.RewindInstanceAsync(id, "deployed again");

        Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }
}
