using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Crashes at awkward moments: nothing accepted is lost, and decisions do not change.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Crash_RightAfterAStartWasAnswered_TheInstanceRuns()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));

        for (var i = 0; i < 10; i++)
        {
            var id = await hub.ScheduleAsync("Wait", instanceId: $"order-{i}");
            await hub.CrashAndRestartAsync();
            await hub.Client.RaiseEventAsync(id, "E", id);

            Assert.Equal(id, (await hub.EndAsync(id)).ReadOutputAs<string>());
        }
    }

    [Fact]
    public async Task Crash_RightAfterAnEventWasAnswered_TheEventIsThere()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static async context =>
        {
            var sum = 0;
            for (var i = 0; i < 10; i++)
            {
                sum += await context.WaitForExternalEvent<int>("E");
            }

            return sum;
        });
        var id = await hub.StartAsync("Wait");

        for (var i = 0; i < 10; i++)
        {
            await hub.Client.RaiseEventAsync(id, "E", i);
            await hub.CrashAndRestartAsync();
        }

        Assert.Equal(45, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Crash_TimerWasDueWhileDown_FiresAfterTheRestart()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("Sleep", static async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        var id = await hub.StartAsync("Sleep");

        hub.Hub.Timers.Dispose();
        clock.Advance(TimeSpan.FromHours(5));
        await hub.CrashAndRestartAsync();
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the first timer fired");
        await hub.CrashAndRestartAsync();
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ManualClock.Start.AddHours(6).UtcDateTime, (await hub.EndAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Crash_TurnAfterTheRestartSetsAnEarlierTimer_FiresThen()
    {
        var clock = new ManualClock();
        var scheduler = new HeldScheduler();
        var crashed = false;
        await using var hub = new HubFixture(clock: clock, scheduler: scheduler);
        _ = hub.Activity<int, int>("Slow", _ => crashed ? Task.FromResult(1) : new TaskCompletionSource<int>().Task)
            .Orchestrator("Wait", static async context =>
            {
                using var inTime = new CancellationTokenSource();
                var deadline = context.CreateTimer(TimeSpan.FromDays(1), inTime.Token);
                _ = await context.CallActivityAsync<int>("Slow", 1);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                // Not CancelAsync: it would go on outside of the turn.
                inTime.Cancel();
                return deadline.IsCanceled;
            });
        var id = await hub.StartAsync("Wait");
        await HubFixture.UntilAsync(() => hub.Hub.Activities.Running == 1, "the activity runs");
        hub.Hub.Timers.Dispose();

        // The instance's turn is over before the start has armed what the dead process waited for.
        crashed = true;
        scheduler.Hold(runs: 1);
        await hub.CrashAndRestartAsync();
        scheduler.Release();
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the result is in");
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Crash_HalfOfAFanOutIsIn_OnlyTheRestRunsAgain()
    {
        var release = new TaskCompletionSource();
        var runs = new int[10];
        var crashed = false;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Part", async n =>
            {
                _ = Interlocked.Increment(ref runs[n]);
                if (n >= 5 && !crashed)
                {
                    await release.Task;
                }

                return n;
            })
            .Orchestrator("Fan", static async context =>
                (await Task.WhenAll(Enumerable.Range(0, 10).Select(n => context.CallActivityAsync<int>("Part", n)))).Sum());
        var id = await hub.StartAsync("Fan");
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) > 1 && runs.Sum() == 10, "the first half is on disk");
        var kept = hub.Hub.Reader.History(hub.KeyOf(id)).Skip(1).SelectMany(static turn => turn.Events).Select(static e => e.TaskId).ToHashSet();

        crashed = true;
        await hub.CrashAndRestartAsync();

        Assert.Equal(45, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(Enumerable.Range(0, 10).Select(n => kept.Contains(n) ? 1 : 2), runs);
    }

    [Fact]
    public async Task Crash_ResultWasNotYetCommitted_TheActivityRunsAgain()
    {
        var runs = 0;
        await using var hub = new HubFixture(clock: new ManualClock());
        _ = hub.Activity<int, int>("Count", _ => Interlocked.Increment(ref runs))
            .Orchestrator("Wait", static async context =>
            {
                // Two waits, so that the first result decides nothing and waits in memory for a commit.
                var counted = context.CallActivityAsync<int>("Count", 0);
                await context.WaitForExternalEvent<object?>("E");
                return await counted;
            });
        var id = await hub.StartAsync("Wait");
        await HubFixture.UntilAsync(() => runs == 1 && !hub.Hub.Activities.IsUnderWay(hub.KeyOf(id), 0), "the result is in memory");
        Assert.Equal(1, hub.HistoryRows(id));

        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Flush_ResultThatDecidedNothing_IsCommittedBeforeLong()
    {
        var clock = new ManualClock();
        var runs = 0;
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Activity<int, int>("Count", _ => Interlocked.Increment(ref runs))
            .Orchestrator("Wait", static async context =>
            {
                var counted = context.CallActivityAsync<int>("Count", 0);
                await context.WaitForExternalEvent<object?>("E");
                return await counted;
            });
        var id = await hub.StartAsync("Wait");
        await HubFixture.UntilAsync(() => clock.Armed == 1, "the flush is due");

        clock.Advance(TimeSpan.FromSeconds(1));
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 2, "the result is on disk");
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Evict_ActivityUnderWay_IsNotStartedAgain()
    {
        var result = new TaskCompletionSource<int>();
        var runs = 0;
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Activity<int, int>("Slow", _ =>
            {
                _ = Interlocked.Increment(ref runs);
                return result.Task;
            })
            .Orchestrator("Call", static async context =>
            {
                var slow = context.CallActivityAsync<int>("Slow", 1);
                await context.WaitForExternalEvent<object?>("E");
                await context.WaitForExternalEvent<object?>("E");
                return await slow;
            });
        var id = await hub.StartAsync("Call");

        await hub.Client.RaiseEventAsync(id, "E");
        await hub.Client.RaiseEventAsync(id, "E");
        result.SetResult(3);

        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Restart_KeysOfNewInstances_GoOnAfterTheLargest()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));
        _ = await hub.RunAsync("End", instanceId: "before");
        var before = hub.KeyOf("before");

        await hub.CrashAndRestartAsync();
        _ = await hub.RunAsync("End", instanceId: "after");

        Assert.True(hub.KeyOf("after") > before);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetAsync("before")).RuntimeStatus);
    }
}
