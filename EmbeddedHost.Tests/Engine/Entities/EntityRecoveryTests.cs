using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Contract.Entities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Engine.Entities;

/// <summary>Entities and crashes: what an operation does is committed once, however often it runs.</summary>
public sealed class EntityRecoveryTests
{
    [Fact]
    public async Task Operations_CrashedAtEveryCommit_TakeEffectOnce()
    {
        var crashes = await CrashPoints.ExploreAsync(
            new DurableTestHostOptions { FunctionTypes = [typeof(Functions)] },
            static async host =>
            {
                await host.PersistAsync(async () =>
                {
                    if (await host.Client.GetInstanceAsync("count") is null)
                    {
                        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Count), new StartOrchestrationOptions("count"));
                    }
                });
                var end = await host.PersistAsync(() => host.WaitForCompletionAsync("count"));
                await host.PersistAsync(() => host.AdvanceAsync(TimeSpan.FromHours(2)));
                var said = new List<string> { end.ReadOutputAs<string>()! };
                await foreach (var counter in host.Client.Entities.GetAllEntitiesAsync<int>())
                {
                    said.Add($"{counter.Id}={counter.State}");
                }

                var started = new List<string?>();
                await foreach (var row in host.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }))
                {
                    started.Add(row.Name == nameof(Functions.Note) ? $"{row.RuntimeStatus} {row.SerializedOutput}" : row.InstanceId);
                }

                host.Replay("count");
                return string.Join(", ", [.. said, .. started.Order(StringComparer.Ordinal)]);
            },
            static (crash, expected, actual) =>
            {
                Assert.Equal("6 failed 6, @counter@late=4, @counter@main=7, @counter@other=1, Completed 6, count", expected);
                Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}.");
            });

        Assert.True(crashes > 20, $"only {crashes} crashes");
    }

    [Theory]
    [InlineData(CrashMoment.BeforeCommit, null)]
    [InlineData(CrashMoment.AfterCommit, 5)]
    public async Task Signal_CrashAtItsCommit_IsOnDiskOnlyAfterIt(CrashMoment moment, int? state)
    {
        var id = new EntityInstanceId(nameof(Counter), "x");
        await using var host = await DurableTestHost.StartAsync(new DurableTestHostOptions { FunctionTypes = [typeof(Functions)] });
        host.CrashAt(1, moment);

        _ = await Assert.ThrowsAsync<HostCrashedException>(() => host.Client.Entities.SignalEntityAsync(id, nameof(Counter.Add), 5));
        await host.RestartAsync();
        await host.RunUntilIdleAsync();

        Assert.Equal(state, (await host.Client.Entities.GetEntityAsync<int>(id))?.State);
    }

    [Fact]
    public async Task Lock_CrashWhileItIsHeld_IsHeldAfterwards()
    {
        var id = new EntityInstanceId(nameof(Counter), "x");
        await using var host = await DurableTestHost.StartAsync(new DurableTestHostOptions { FunctionTypes = [typeof(Functions)] });
        var holder = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Hold));
        await host.RunUntilIdleAsync();
        await host.Client.Entities.SignalEntityAsync(id, nameof(Counter.Add), 5);

        host.Crash();
        await host.RestartAsync();
        await host.RunUntilIdleAsync();
        Assert.Null(await host.Client.Entities.GetEntityAsync(id));
        await host.Client.RaiseEventAsync(holder, "go", "on");
        _ = await host.WaitForCompletionAsync(holder);
        await host.RunUntilIdleAsync();

        Assert.Equal(5, (await host.Client.Entities.GetEntityAsync<int>(id))!.State);
    }

    public static class Functions
    {
        private static readonly EntityInstanceId Main = new(nameof(Contract.Entities.Counter), "main");

        [Function(nameof(Contract.Entities.Counter))]
        public static Task Counter([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Counter>();

        [Function(nameof(Count))]
        public static async Task<string> Count([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.Entities.SignalEntityAsync(
                new EntityInstanceId(nameof(Counter), "late"), "Add", 4, new SignalEntityOptions { SignalTime = new DateTimeOffset(context.CurrentUtcDateTime.AddHours(1)) });
            await context.Entities.SignalEntityAsync(Main, "Add", 1);
            var sum = await context.Entities.CallEntityAsync<int>(Main, "Add", 5);
            var failed = "no failure";
            try
            {
                await context.Entities.CallEntityAsync(Main, "AddAndFail", 100);
            }
            catch (EntityOperationFailedException)
            {
                failed = "failed";
            }

            _ = await context.Entities.CallEntityAsync<string>(Main, "Start", nameof(Note));
            var before = await context.Entities.CallEntityAsync<int>(Main, "Get");
            await context.Entities.CallEntityAsync(Main, "Tell", "other");
            return $"{sum} {failed} {before}";
        }

        [Function(nameof(Note))]
        public static int Note([OrchestrationTrigger] TaskOrchestrationContext context, int value) => value;

        [Function(nameof(Hold))]
        public static async Task<string> Hold([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await using (await context.Entities.LockEntitiesAsync(new EntityInstanceId(nameof(Counter), "x")))
            {
                return await context.WaitForExternalEvent<string>("go");
            }
        }
    }
}
