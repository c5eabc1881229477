using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine;
using EmbeddedHost.Tests.Contract.Entities;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Engine.Entities;

/// <summary>How the engine runs entities.</summary>
public sealed class EntityTests
{
    private static readonly EntityInstanceId X = new(nameof(Counter), "x");

    [Fact]
    public async Task Transfers_ManyOverRestarts_LeaveTheSum()
    {
        await using var hub = new HubFixture();
        _ = hub.Entity(nameof(Account), static () => new Account())
            .Orchestrator("Deposit", static async context =>
            {
                await context.Entities.CallEntityAsync(new EntityInstanceId(nameof(Account), context.GetInput<string>()!), "Deposit", 1000m);
                return true;
            })
            .Orchestrator("Transfer", static async context =>
            {
                var (from, to) = context.GetInput<int>() % 2 == 0 ? ("a", "b") : ("b", "a");
                var (source, target) = (new EntityInstanceId(nameof(Account), from), new EntityInstanceId(nameof(Account), to));
                await using (await context.Entities.LockEntitiesAsync(source, target))
                {
                    await context.Entities.CallEntityAsync(source, "Withdraw", 1m);
                    await context.Entities.CallEntityAsync(target, "Deposit", 1m);
                }

                return true;
            });
        foreach (var owner in new[] { "a", "b" })
        {
            Assert.True((await hub.RunAsync("Deposit", owner)).ReadOutputAs<bool>());
        }

        const int Count = 60;
        for (var i = 0; i < Count; i++)
        {
            _ = await hub.ScheduleAsync("Transfer", i, $"t-{i}");
            if (i % 20 == 10)
            {
                await hub.CrashAndRestartAsync();
            }
        }

        for (var i = 0; i < Count; i++)
        {
            Assert.True((await hub.EndAsync($"t-{i}")).ReadOutputAs<bool>());
        }

        await hub.TakenAsync();
        await HasAsync(hub, "a", 1000);
        await HasAsync(hub, "b", 1000);
    }

    [Fact]
    public async Task Stop_OperationUnderWay_WaitsForItAndCommitsIt()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource<object?>();
        await using var hub = WithSlow(new TaskHubOptions { StopTimeout = TimeSpan.FromMinutes(1) }, entered, _ => release.Task);
        await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId("Slow", "x"), "Go");
        await entered.Task;

        var stop = hub.Hub.StopAsync(CancellationToken.None);
        release.SetResult(null);
        await stop;

        Assert.Equal(0, hub.Scalar<long>("SELECT count(*) FROM mail"));
        Assert.NotNull(await hub.Client.Entities.GetEntityAsync(new EntityInstanceId("Slow", "x")));
    }

    [Fact]
    public async Task Stop_OperationTakesTooLong_IsCancelledAndRunsAgain()
    {
        var entered = new TaskCompletionSource();
        await using var hub = WithSlow(new TaskHubOptions { StopTimeout = TimeSpan.Zero }, entered, static async stopping =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            return null;
        });
        await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId("Slow", "x"), "Go");
        await entered.Task;

        await hub.Hub.StopAsync(CancellationToken.None);

        Assert.Equal(1, hub.Scalar<long>("SELECT count(*) FROM mail"));
        _ = hub.Entity("Slow", static () => new Counter());
        await hub.CrashAndRestartAsync();
        await hub.TakenAsync();
    }

    [Fact]
    public async Task Places_MoreEntitiesAreReady_TheOthersWait()
    {
        var (running, most) = (0, 0);
        await using var hub = new HubFixture(new TaskHubOptions { MaxConcurrentEntities = 2 });
        _ = hub.Entity("Slow", async (batch, stopping) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            _ = Interlocked.Decrement(ref running);
            return Done(batch);
        });

        for (var i = 0; i < 30; i++)
        {
            await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId("Slow", $"{i}"), "Go");
        }

        await hub.TakenAsync();
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Batch_MoreOperationsThanItHas_TakesSeveral()
    {
        var release = new TaskCompletionSource();
        var sizes = new List<int>();
        await using var hub = new HubFixture(new TaskHubOptions { MaxEntityBatch = 3 });
        _ = hub.Entity("Slow", async (batch, _) =>
        {
            sizes.Add(batch.Operations!.Count);
            await release.Task;
            return Done(batch);
        });

        for (var i = 0; i < 8; i++)
        {
            await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId("Slow", "x"), "Go");
        }

        release.SetResult();
        await hub.TakenAsync();
        Assert.Equal(8, sizes.Sum());
        Assert.InRange(sizes.Max(), 1, 3);
    }

    [Fact]
    public async Task Start_IdIsInUse_LeavesTheOtherAlone()
    {
        await using var hub = new HubFixture();
        _ = hub.Entity(nameof(Starter), static () => new Starter())
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("go"))
            .Orchestrator("Other", static _ => Task.FromResult("other"));
        _ = await hub.StartAsync("Wait", instanceId: "one");

        await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId(nameof(Starter), "x"), "Start", "one");
        await hub.Client.Entities.SignalEntityAsync(new EntityInstanceId(nameof(Starter), "x"), "Start", "two");

        Assert.Equal("other", (await hub.UntilThereAsync("two")).ReadOutputAs<string>());
        await hub.Client.RaiseEventAsync("one", "go", "on");
        Assert.Equal("on", (await hub.EndAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Start_ForLater_RunsWhenItIsDue()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm: 10, clock);
        _ = hub.Entity(nameof(Starter), static () => new Starter()).Orchestrator("Other", static _ => Task.FromResult("other"));

        // By name: a time would be taken for the signal's own.
        await hub.Client.Entities.SignalEntityAsync(
            new EntityInstanceId(nameof(Starter), "x"), "StartAt", input: clock.GetUtcNow() + TimeSpan.FromHours(1));
        await HubFixture.UntilAsync(async () => await hub.Client.GetInstanceAsync("later") is not null, "'later' is there");
        await hub.CrashAndRestartAsync();
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync("later")).RuntimeStatus);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("other", (await hub.EndAsync("later")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Signal_ForLater_IsOnDiskOnlyUntilItIsDue()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm: 10, clock);
        _ = hub.Entity(nameof(Counter), static () => new Counter());
        await hub.Client.Entities.SignalEntityAsync(
            X, "Add", 5, new SignalEntityOptions { SignalTime = clock.GetUtcNow() + TimeSpan.FromDays(1) });

        await hub.CrashAndRestartAsync();
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(await hub.Client.Entities.GetEntityAsync(X));
        Assert.Equal(1, hub.Scalar<long>("SELECT count(*) FROM mail"));
        clock.Advance(TimeSpan.FromHours(1));

        await hub.TakenAsync();
        Assert.Equal(5, (await hub.Client.Entities.GetEntityAsync<int>(X))!.State);
    }

    [Fact]
    public async Task Entities_UsedOutsideOfATurn_FailsWithWhatToDo()
    {
        await using var hub = new HubFixture();
        _ = hub.Entity(nameof(Counter), static () => new Counter()).Orchestrator("Stray", static context =>
        {
            Task.Run(() => context.Entities.SignalEntityAsync(X, "Add", 1)).GetAwaiter().GetResult();
            return Task.FromResult(1);
        });

        var end = await hub.RunAsync("Stray");

        Assert.Contains("outside of its turn", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendEvent_ToAnEntityThatIsNoOperation_IsDropped()
    {
        await using var hub = new HubFixture();
        _ = hub.Entity(nameof(Counter), static () => new Counter()).Orchestrator("Send", static context =>
        {
            context.SendEvent("@counter@x", "hello", "world");
            context.SendEvent("@counter@x", "op", "no operation");
            return Task.FromResult(1);
        });

        _ = await hub.RunAsync("Send");

        await hub.TakenAsync();
        Assert.Null(await hub.Client.Entities.GetEntityAsync(X));
    }

    private static HubFixture WithSlow(TaskHubOptions options, TaskCompletionSource entered, Func<CancellationToken, Task<object?>> work) =>
        new HubFixture(options).Entity("Slow", async (batch, stopping) =>
        {
            entered.SetResult();
            _ = await work(stopping);
            return Done(batch);
        });

    private static EntityBatchResult Done(EntityBatchRequest batch) =>
        new() { Results = [.. batch.Operations!.Select(static _ => new OperationResult())], Actions = [], EntityState = "1" };

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            _ = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static async Task HasAsync(HubFixture hub, string owner, decimal balance)
    {
        var account = (await hub.Client.Entities.GetEntityAsync<decimal>(new EntityInstanceId(nameof(Account), owner)))!;
        Assert.Equal(balance, account.State);
        Assert.Null(account.LockedBy);
    }

    public sealed class Starter : TaskEntity<int>
    {
        public void Start(string id) => Context.ScheduleNewOrchestration("Other", options: new StartOrchestrationOptions(id));

        public void StartAt(DateTimeOffset time) => Context.ScheduleNewOrchestration("Other", options: new StartOrchestrationOptions("later", time));
    }
}

file static class Waits
{
    /// <summary>Waits until an instance is there, and has ended.</summary>
    public static async Task<OrchestrationMetadata> UntilThereAsync(this HubFixture hub, string id)
    {
        await HubFixture.UntilAsync(async () => await hub.Client.GetInstanceAsync(id) is not null, $"'{id}' is there");
        return await hub.EndAsync(id);
    }
}
