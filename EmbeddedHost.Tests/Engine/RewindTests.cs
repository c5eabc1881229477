using System.Collections.Concurrent;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Rewind: a failed instance goes on from the failed step; completed work is kept.</summary>
public sealed class RewindTests
{
    private readonly ConcurrentQueue<string> _runs = [];
    private volatile bool _broken = true;

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Rewind_FailureBeforeWasRetriedWell_StaysDone(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = Steps(hub)
            .Activity<int, int>("Flaky", _ => ++attempts == 1 ? throw new TimeoutException() : attempts)
            .Orchestrator("Saga", static async context =>
            {
                var sum = await context.CallActivityAsync<int>(
                    "Flaky", 0, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1))));
                return sum + (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CallActivityAsync<int>("Bad", 1)))).Sum();
            });

        var ended = await FailRepairAndRewindAsync(hub, "Saga");

        Assert.Equal(7, ended.ReadOutputAs<int>());
        Assert.Equal(2, attempts);
        Assert.Equal(10, _runs.Count);
    }

    [Fact]
    public async Task Rewind_RewoundAndFailedAgainMeanwhile_KeepsWhatWasDoneInBetween()
    {
        using var replays = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var holds = 1;
        await using var hub = new HubFixture();
        _ = Steps(hub)
            .Activity<int, int>("Worse", static _ => throw new TimeoutException("down, too"))
            .Orchestrator("Saga", async context =>
            {
                if (!_broken && Interlocked.Exchange(ref holds, 0) == 1)
                {
                    _ = replays.Release();
                    await Task.FromResult(goOn.Wait(TimeSpan.FromSeconds(30)));
                }

                _ = await context.CallActivityAsync<int>("Bad", 1);
                return await context.CallActivityAsync<int>("Worse", 2);
            });
        var id = (await hub.RunAsync("Saga")).InstanceId;

        // Two ask for it at once, and the one that is slower comes when the other's has run, and failed further on.
        _broken = false;
        var slower = hub.Client.RewindInstanceAsync(id, "slower");
        await replays.WaitAsync();
        await hub.Client.RewindInstanceAsync(id, "faster");
        _ = await hub.EndAsync(id);
        _ = goOn.Release();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => slower);

        Assert.Contains("has been rewound meanwhile", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["Bad 1", "Bad 1"], _runs);
    }

    [Fact]
    public async Task Rewind_CopyOfTheEndedInstanceStillLeavesMemory_WhatItGotReachesTheInstance()
    {
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Orchestrator("Wait", async context => _broken ? throw new TimeoutException() : await context.WaitForExternalEvent<int>("E"));
        var id = (await hub.RunAsync("Wait")).InstanceId;
        _broken = false;
        await hub.Client.RewindInstanceAsync(id, "repaired");

        // Another thread read the row before the failure and brought the instance back; it has found the end, and posts go to it.
        var copy = new OrchestrationInstance(hub.Hub, hub.Hub.Reader.Find(id, payloads: false)!, isNew: false);
        _ = copy.TryPost(new Message(new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "E", Payload = hub.Functions.Serialize(42) }), out _);
        hub.Hub.Forget(copy);

        Assert.Equal(42, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Rewind_CrashRightAfter_GoesOnAfterTheRestart()
    {
        await using var hub = new HubFixture();
        _ = Steps(hub).Orchestrator("Parent", static context => context.CallSubOrchestratorAsync<int>("Child"))
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Bad", 1));
        var id = (await hub.RunAsync("Parent")).InstanceId;

        _broken = false;
        await hub.Client.RewindInstanceAsync(id, "repaired");
        await hub.CrashAndRestartAsync();

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Rewind_History_ShowsTheReasonAndNotTheFailure(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = Steps(hub).Orchestrator("One", static context => context.CallActivityAsync<int>("Bad", 1));
        var ended = await FailRepairAndRewindAsync(hub, "One");

        var history = (await hub.Hub.ReadHistoryAsync(ended.InstanceId, includePayloads: true, CancellationToken.None))!.Events;

        Assert.Equal(
            ["ExecutionStarted ", "ExecutionRewound repaired", "TaskCompleted ", "ExecutionCompleted "],
            history.Select(static row => $"{row.EventType} {row.Reason}"));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Rewind_HasNotFailed_ThrowsAndSaysWhereItStands(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");

        var running = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RewindInstanceAsync(id, "why"));
        await hub.Client.RaiseEventAsync(id, "E", 1);
        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
        var completed = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RewindInstanceAsync(id, "why"));

        Assert.Contains("is Running", running.Message, StringComparison.Ordinal);
        Assert.Contains("is Completed", completed.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RewindInstanceAsync("nobody", "why"));
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

    private HubFixture Steps(HubFixture hub) => hub
        .Activity<int, int>("Good", n =>
        {
            _runs.Enqueue($"Good {n}");
            return n;
        })
        .Activity<int, int>("Bad", n =>
        {
            _runs.Enqueue($"Bad {n}");
            return _broken ? throw new TimeoutException("down") : n;
        });

    private async Task<OrchestrationMetadata> FailRepairAndRewindAsync(HubFixture hub, string orchestrator)
    {
        var failed = await hub.RunAsync(orchestrator);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        _broken = false;
        await hub.Client.RewindInstanceAsync(failed.InstanceId, "repaired");
        return await hub.EndAsync(failed.InstanceId);
    }
}
