using System.Collections.Concurrent;
using EmbeddedHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Many instances of every shape, a cache far too small, and crashes in between: all must end right.</summary>
public sealed class StressTests(ITestOutputHelper output)
{
    private const int Instances = 300;

    [Fact]
    public async Task Run_EvictionsAndCrashes_EveryInstanceEndsRight()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var hub = new HubFixture(new TaskHubOptions { MaxWarmOrchestrators = 5, MaxConcurrentActivities = 20 });
        Define(hub);

        // The requests of all instances in any order, those of one in theirs; each burst is answered, and then all goes down.
        var steps = Enumerable.Range(0, Instances)
            .SelectMany(static n => (string[])[$"start {n}", $"event {n} 1", $"event {n} 2"])
            .ToList();
        var places = Enumerable.Range(0, Instances).ToDictionary(static n => n, static _ => new Queue<string>());
        foreach (var step in steps)
        {
            places[int.Parse(step.Split(' ')[1])].Enqueue(step);
        }

        var order = steps.Select(static step => int.Parse(step.Split(' ')[1])).ToArray();
        random.Shuffle(order);
        foreach (var (burst, n) in order.Chunk(order.Length / 6).Index())
        {
            await Task.WhenAll(n.GroupBy(static n => n).Select(group => Task.Run(async () =>
            {
                foreach (var own in group)
                {
                    await SendAsync(hub, places[own].Dequeue());
                }
            })));
            if (burst < 5)
            {
                await hub.CrashAndRestartAsync();
            }
        }

        for (var i = 0; i < Instances; i++)
        {
            var ended = await hub.EndAsync($"i{i}");
            Assert.True(
                ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed && ended.ReadOutputAs<int>() == Expected(i),
                $"seed {seed}: 'i{i}' ended {ended.RuntimeStatus} with {ended.SerializedOutput}, not {Expected(i)}; {ended.FailureDetails}");
        }

        await HubFixture.UntilAsync(() => hub.Scalar<long>("SELECT count(*) FROM mail") == 0, "all mail is taken");
        Assert.Equal(0, hub.Scalar<long>("SELECT count(*) FROM status WHERE state NOT IN (1)"));
    }

    private static Task SendAsync(HubFixture hub, string step)
    {
        var parts = step.Split(' ');
        return parts[0] == "start"
            ? hub.StartAsync("Mixed", int.Parse(parts[1]), $"i{parts[1]}")
            : hub.Client.RaiseEventAsync($"i{parts[1]}", "E", int.Parse(parts[2]));
    }

    private static int Expected(int n) => (n * 10) + 3 + (n % 7 * 2) + (n % 3 == 0 ? n + 1 : 0) + 2;

    private static void Define(HubFixture hub)
    {
        var attempts = new ConcurrentDictionary<int, int>();
        _ = hub.Activity<int, int>("Same", static n => n)
            .Activity<int, int>("Later", static async n =>
            {
                await Task.Yield();
                return n;
            })
            .Activity<int, int>("Flaky", n => attempts.AddOrUpdate(n, 1, static (_, tries) => tries + 1) % 3 == 1
                ? throw new TimeoutException()
                : 2)
            .Orchestrator("Child", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                context.SendEvent(context.Parent!.InstanceId, "FromChild", 1);
                return await context.CallActivityAsync<int>("Later", context.GetInput<int>());
            })
            .Orchestrator("Mixed", MixedAsync);
    }

    private static async Task<int> MixedAsync(TaskOrchestrationContext context)
    {
        var n = context.GetInput<int>();
        var parts = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => context.CallActivityAsync<int>(i % 2 == 0 ? "Same" : "Later", n)));
        await context.CreateTimer(TimeSpan.FromMilliseconds(n % 5), CancellationToken.None);
        var events = await context.WaitForExternalEvent<int>("E", TimeSpan.FromHours(1)) + await context.WaitForExternalEvent<int>("E");
        var sum = parts.Sum() + events;
        for (var i = 0; i < n % 7; i++)
        {
            sum += await context.CallActivityAsync<int>("Same", 2);
        }

        if (n % 3 == 0)
        {
            sum += await context.CallSubOrchestratorAsync<int>("Child", n) + await context.WaitForExternalEvent<int>("FromChild");
        }

        return sum + await context.CallActivityAsync<int>(
            "Flaky", n, TaskOptions.FromRetryPolicy(new RetryPolicy(20, TimeSpan.FromMilliseconds(1))));
    }
}
