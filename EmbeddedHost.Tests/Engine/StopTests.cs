using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A graceful stop, and a stop because nothing can be committed any more.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Stop_ActivityUnderWay_WaitsForItAndCommitsItsResult()
    {
        var result = new TaskCompletionSource<int>();
        var runs = 0;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Slow", _ =>
            {
                _ = Interlocked.Increment(ref runs);
                return result.Task;
            })
            .Orchestrator("Call", static async context =>
            {
                var answer = await context.CallActivityAsync<int>("Slow", 1);
                await context.WaitForExternalEvent<object?>("E");
                return answer;
            });
        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => runs == 1, "the activity runs");

        var stop = hub.Hub.StopAsync(CancellationToken.None);
        result.SetResult(7);
        await stop;
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(7, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Stop_TurnUnderWay_WaitsForItAndCommitsTheResultItTookIn()
    {
        using var release = new ManualResetEventSlim();
        var runs = 0;
        var isInTurn = false;
        await using var hub = new HubFixture(new TaskHubOptions { StopTimeout = TimeSpan.FromMinutes(1) });
        _ = hub.Activity<int, int>("Quick", async _ =>
            {
                await Task.Yield();
                return Interlocked.Increment(ref runs);
            })
            .Orchestrator("Call", async context =>
            {
                _ = await context.CallActivityAsync<int>("Quick", 1);
                Volatile.Write(ref isInTurn, true);
                release.Wait();
                await context.WaitForExternalEvent<object?>("E");
                return 1;
            });
        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => Volatile.Read(ref isInTurn), "the result is taken in");

        // A stop that has nothing to wait for has ended when it returns.
        var stop = hub.Hub.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        release.Set();
        await stop;
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Stop_ActivityTakesTooLong_IsCancelledAndRunsAgainAfterTheNextStart()
    {
        var runs = 0;
        await using var hub = new HubFixture(new TaskHubOptions { StopTimeout = TimeSpan.FromMilliseconds(20) }, new ManualClock());
        _ = hub.Activity("Slow", stopping => Interlocked.Increment(ref runs) == 1
                ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping)
                : Task.CompletedTask)
            .Orchestrator("Call", static async context =>
            {
                await context.CallActivityAsync<object?>("Slow");
                return 1;
            });
        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => runs == 1, "the activity runs");

        await hub.Hub.StopAsync(CancellationToken.None);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.GetAsync(id)).RuntimeStatus);
        await hub.CrashAndRestartAsync();

        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Stop_ActivityFailsOverItsCancellation_RunsAgainAfterTheRestart()
    {
        var runs = 0;
        await using var hub = new HubFixture(new TaskHubOptions { StopTimeout = TimeSpan.FromMilliseconds(1) });
        _ = hub.Activity("Call", async stopping =>
            {
                if (Interlocked.Increment(ref runs) > 1)
                {
                    return;
                }

                // What a driver makes of a call that is cut off.
                var cut = new TaskCompletionSource();
                await using var registration = stopping.Register(() => cut.SetException(new IOException("The connection was closed.")));
                await cut.Task;
            })
            .Orchestrator("Once", static async context =>
            {
                await context.CallActivityAsync<object?>("Call");
                return "done";
            });
        var id = await hub.StartAsync("Once");
        await HubFixture.UntilAsync(() => runs == 1, "the activity runs");

        await hub.Hub.StopAsync(CancellationToken.None);
        await HubFixture.UntilAsync(() => hub.Hub.Activities.Running == 0, "the activity has ended");
        await hub.CrashAndRestartAsync();

        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Stop_ActivitiesWaitForAPlace_AreNotStartedAnyMore()
    {
        var result = new TaskCompletionSource<int>();
        var runs = 0;
        await using var hub = new HubFixture(new TaskHubOptions { MaxConcurrentActivities = 1 });
        _ = hub.Activity<int, int>("Slow", _ =>
            {
                _ = Interlocked.Increment(ref runs);
                return result.Task;
            })
            .Orchestrator("Call", static async context =>
                (await Task.WhenAll(Enumerable.Range(0, 10).Select(n => context.CallActivityAsync<int>("Slow", n)))).Sum());
        var id = await hub.StartAsync("Call");
        await HubFixture.UntilAsync(() => runs == 1, "the first runs");

        var stop = hub.Hub.StopAsync(CancellationToken.None);
        result.SetResult(1);
        await stop;
        Assert.Equal(1, runs);
        await hub.CrashAndRestartAsync();

        Assert.Equal(10, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(10, runs);
    }

    [Fact]
    public async Task Dispose_ActivityStartsOnlyThen_IsNotTakenForFailed()
    {
        await using var hub = new HubFixture();
        _ = hub.Activity("Late", static _ => Task.CompletedTask)
            .Orchestrator("Call", static async context =>
            {
                await context.CallActivityAsync<object?>("Late");
                return 1;
            });

        hub.Hub.Activities.Dispose();
        var ended = await hub.RunAsync("Call");
        await hub.CrashAndRestartAsync();

        Assert.Equal(1, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Fault_TurnCannotBeCommitted_TheHostStopsAndWhatWasAcceptedIsKept()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");
        await hub.RewriteAsync("ALTER TABLE history RENAME TO elsewhere");

        await hub.Client.RaiseEventAsync(id, "E", 1);
        await HubFixture.UntilAsync(() => !hub.Faults.IsEmpty, "the host is told");
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.StartAsync("Wait"));
        hub.Faults.Clear();

        await hub.RewriteAsync("ALTER TABLE elsewhere RENAME TO history");
        await hub.CrashAndRestartAsync();
        Assert.Equal(1, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Fault_MessageCannotBeWritten_ItsCallerIsTold()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");
        await hub.RewriteAsync("ALTER TABLE mail RENAME TO elsewhere");

        _ = await Assert.ThrowsAnyAsync<Exception>(() => hub.Client.RaiseEventAsync(id, "E", 1).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Fault_HistoryCannotBeRead_TheHostStops()
    {
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");
        await hub.RewriteAsync("UPDATE history SET turns = x'FF'");
        await hub.CrashAndRestartAsync();

        await hub.Client.RaiseEventAsync(id, "E", 1);

        await HubFixture.UntilAsync(() => !hub.Faults.IsEmpty, "the host is told");
        Assert.Contains("format byte 255", Assert.IsType<InvalidDataException>(Assert.Single(hub.Faults)).Message, StringComparison.Ordinal);
        hub.Faults.Clear();
    }

    [Fact]
    public async Task Fault_InstanceCannotBeLookedUp_StopsTheHostAndNotTheProcess()
    {
        await using var hub = new HubFixture();
        await hub.RewriteAsync("ALTER TABLE instances RENAME TO elsewhere");

        hub.Hub.QueueDeliver("not in memory", key: 1, new Message(new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "E" }));

        await HubFixture.UntilAsync(() => !hub.Faults.IsEmpty, "the host is told");
        hub.Faults.Clear();
    }
}
