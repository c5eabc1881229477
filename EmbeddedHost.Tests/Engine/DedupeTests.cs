using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Status = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A start under the id of another instance, with dedupe statuses: those that refuse it.</summary>
public sealed class DedupeTests
{
    [Fact]
    public async Task Start_EndedInAStatusListed_IsRefusedWithIt()
    {
        await using var hub = Hub(warm: 10_000);
        _ = await hub.RunAsync("End", 1, "id");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(hub, "End", 2, Status.Completed));

        Assert.Contains("'id' exists and is Completed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ManyAtOnceThatRefuseEveryStatus_OneRuns()
    {
        await using var hub = Hub(warm: 10_000);

        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(async () =>
        {
            try
            {
                _ = await StartAsync(hub, "End", n, [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
                return n;
            }
            catch (InvalidOperationException)
            {
                return -1;
            }
        })));

        Assert.Equal(Assert.Single(starts, static n => n >= 0), (await hub.EndAsync("id")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1)]
    public async Task Start_SeveralAtTheSameMoment_EachIsAnsweredAndTheHostGoesOn(int warm)
    {
        const int Rounds = 1000;
        const int Starters = 3;
        await using var hub = Hub(warm);
        using var together = new Barrier(Starters);

        var starts = Enumerable.Range(0, Starters).Select(n => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    for (var round = 0; round < Rounds; round++)
                    {
                        Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30)), $"Round {round}: not all starters came.");
                        try
                        {
                            Assert.True(hub.ScheduleAsync("End", n, $"id{round}").Wait(TimeSpan.FromSeconds(10)), $"id{round} was not answered.");
                        }
                        catch (AggregateException e) when (e.InnerException is InvalidOperationException)
                        {
                            // Another has the id.
                        }
                    }
                }
                finally
                {
                    // The others go on without one that failed, so that its own failure is what the test tells.
                    together.RemoveParticipant();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(starts);

        Assert.Empty(hub.Faults);
    }

    [Fact]
    public async Task Start_WhileAnotherIsAnsweredButNotSettled_WaitsForThatAndDoesNotAskAgainAndAgain()
    {
        var scheduler = new HeldScheduler();
        await using var hub = new HubFixture(scheduler: scheduler)
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("go"));
        scheduler.Hold(runs: 0);
        _ = await hub.ScheduleAsync("Wait", instanceId: "id");

        var second = hub.ScheduleAsync("Wait", instanceId: "id");
        for (var turn = 0; turn < 1000; turn++)
        {
            await Task.Yield();
        }

        Assert.False(second.IsCompleted);
        scheduler.Release();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => second);

        // Each further question would be another level that the refusal passes through.
        Assert.InRange(refusal.StackTrace!.Split('\n').Length, 1, 30);
    }

    [Fact]
    public async Task Start_WhileAnotherThatCannotBeCommittedIsNotSettled_FailsWithIt()
    {
        var scheduler = new HeldScheduler();
        await using var hub = new HubFixture(scheduler: scheduler)
            .Orchestrator("End", static context => Task.FromResult(context.GetInput<int>()));
        await hub.RewriteAsync("ALTER TABLE instances RENAME TO elsewhere");
        scheduler.Hold(runs: 0);
        var first = await Assert.ThrowsAnyAsync<Exception>(() => hub.ScheduleAsync("End", 1, "id"));

        var second = hub.ScheduleAsync("End", 2, "id");
        Assert.False(second.IsCompleted);
        scheduler.Release();

        Assert.Same(first, await Assert.ThrowsAnyAsync<Exception>(() => second.WaitAsync(TimeSpan.FromSeconds(30))));
        hub.Faults.Clear();
    }

    [Fact]
    public async Task Start_NoStatus_ThrowsAndNamesThem()
    {
        await using var hub = Hub(warm: 10_000);

        var e = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "End", new StartOrchestrationOptions { DedupeStatuses = ["Busy"] }));

        Assert.Contains("'Busy' is no dedupe status: expected one of ", e.Message, StringComparison.Ordinal);
    }

    private static HubFixture Hub(int warm) => new HubFixture(warm)
        .Orchestrator("End", static context => Task.FromResult(context.GetInput<int>()));

    private static Task<string> StartAsync(HubFixture hub, string orchestrator, int input, params Status[] dedupe) =>
        hub.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions("id").WithDedupeStatuses(dedupe));
}
