using System.Collections.Concurrent;
using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>A replay gives what the first run gave; code that does not is told so.</summary>
public sealed class DeterminismContractTests
{
    // Each letter is a step: activities a and b, sub-orchestrations c and d, a timer t, events sent e and f.
    private static readonly (string Before, string After, string Expected)[] Changes =
    [
        ("a", "b", "activity task with sequence number 0 named 'a'"),
        ("c", "d", "sub-orchestration task with sequence ID 0"),
        ("e", "f", "send event task with sequence ID 0, type 'EventSent', name 'e'"),
        ("ab", "ba", "activity task with sequence number 0 named 'a'"),
        ("acd", "adc", "sub-orchestration task with sequence ID 1"),
        ("at", "ta", "activity task with sequence number 0 named 'a'"),
        ("aef", "afe", "send event task with sequence ID 1, type 'EventSent', name 'e'"),
        ("ab", "a", "activity task with sequence ID 1 and name 'b'"),
        ("ac", "a", "sub-orchestration task with sequence ID 1 and name 'c'"),
        ("at", "a", "timer task with sequence number 1"),
        ("ae", "a", "send event task with sequence ID 1, type 'EventSent' name 'e'"),
        ("a", "", "activity task with sequence ID 0 and name 'a'"),
    ];

    [Theory, Engines]
    public async Task Replay_GuidsAndClock_AreThoseOfTheFirstRun(EngineKind kind)
    {
        var runs = new ConcurrentBag<string>();
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Echo", static n => n)
            .Orchestrator("Guids", async context =>
            {
                var seen = new List<string>();
                for (var i = 0; i < 4; i++)
                {
                    seen.Add($"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:O}");
                    runs.Add($"{i} {seen[i]}");
                    _ = await context.CallActivityAsync<int>("Echo", i);
                }

                return seen;
            }));

        var seen = (await engine.RunAsync("Guids")).ReadOutputAs<List<string>>()!;

        Assert.Equal(4, runs.Distinct().Count());
        Assert.Equal(4, seen.Distinct().Count());
        Assert.Equal(kind != EngineKind.Embedded, runs.Count > 4);
    }

    [Theory, Engines]
    public async Task Await_ManyDeepAndAYieldBetween_ComesBackInTheTurn(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Echo", static n => n)
            .Orchestrator("Chain", static async context =>
            {
                var sum = await Deep(context, 5);
                await Task.Yield();
                return sum + await Deep(context, 3) + (await Task.WhenAll(Deep(context, 2), Deep(context, 1))).Sum();
            }));

        Assert.Equal(15 + 6 + 3 + 1, (await engine.RunAsync("Chain")).ReadOutputAs<int>());

        static async Task<int> Deep(TaskOrchestrationContext context, int depth) =>
            depth == 0 ? 0 : await Deep(context, depth - 1) + await context.CallActivityAsync<int>("Echo", depth);
    }

    [Theory, Engines]
    public async Task IsReplaying_EachStep_IsFalseOnceAndTrueBeforeThat(EngineKind kind)
    {
        var live = new ConcurrentQueue<int>();
        var replayed = new ConcurrentQueue<int>();
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Echo", static n => n)
            .Orchestrator("Steps", async context =>
            {
                for (var i = 0; i < 3; i++)
                {
                    (context.IsReplaying ? replayed : live).Enqueue(i);
                    _ = await context.CallActivityAsync<int>("Echo", i);
                }

                return 1;
            }));

        _ = await engine.RunAsync("Steps");

        Assert.Equal([0, 1, 2], live);
        Assert.Equal(kind != EngineKind.Embedded, !replayed.IsEmpty);
    }

    [Theory, Engines]
    public async Task Replay_StepRenamedReorderedOrRemoved_FailsAndNamesTheStep(EngineKind kind)
    {
        var never = new TaskCompletionSource<int>();
        await using var engine = await ContractEngine.StartAsync(kind, app =>
        {
            Parts(app, never.Task);
            foreach (var (before, after, _) in Changes)
            {
                _ = app.Orchestrator($"{before}-{after}", context => StepsAsync(context, before));
            }
        });
        _ = await engine.StartAsync("c", instanceId: "other");
        foreach (var (before, after, _) in Changes)
        {
            _ = await engine.StartAsync($"{before}-{after}", instanceId: $"{before}-{after}");
        }

        foreach (var (before, after, _) in Changes)
        {
            await engine.ShowsAsync($"{before}-{after}", "waits");
        }

        await engine.DeployAsync(app =>
        {
            foreach (var (before, after, _) in Changes)
            {
                _ = app.Orchestrator($"{before}-{after}", context => StepsAsync(context, after));
            }
        });

        foreach (var (before, after, expected) in Changes)
        {
            await engine.Client.RaiseEventAsync($"{before}-{after}", "Wake");
            var ended = await engine.EndAsync($"{before}-{after}");

            Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
            Assert.Contains(expected, ended.FailureDetails?.ErrorMessage ?? ended.SerializedOutput, StringComparison.Ordinal);
        }

        never.SetResult(0);
    }

    [Theory, Engines]
    public async Task Replay_StepAddedAtTheEnd_IsTaken(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Echo", static n => n)
            .Orchestrator("Changed", static async context =>
            {
                context.SetCustomStatus("waits");
                return await context.WaitForExternalEvent<int>("E");
            }));
        _ = await engine.StartAsync("Changed", instanceId: "changed");
        await engine.ShowsAsync("changed", "waits");

        await engine.DeployAsync(static app => app.Orchestrator("Changed", static async context =>
            await context.CallActivityAsync<int>("Echo", 1) + await context.WaitForExternalEvent<int>("E")));
        await engine.Client.RaiseEventAsync("changed", "E", 2);

        Assert.Equal(3, (await engine.EndAsync("changed")).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task Replay_CodeEndsWhereHistoryWaits_Ends(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Changed", static async context =>
            {
                context.SetCustomStatus("waits");
                return await context.WaitForExternalEvent<int>("E");
            }));
        _ = await engine.StartAsync("Changed", instanceId: "changed");
        await engine.ShowsAsync("changed", "waits");

        await engine.DeployAsync(static app => app.Orchestrator("Changed", static _ => Task.FromResult(1)));
        await engine.Client.RaiseEventAsync("changed", "Wake");

        Assert.Equal(1, (await engine.EndAsync("changed")).ReadOutputAs<int>());
    }

    private static void Parts(ContractApp app, Task<int> never) => app
        .Activity<int, int>("a", _ => never)
        .Activity<int, int>("b", _ => never)
        .Orchestrator("c", static context => context.WaitForExternalEvent<int>("E"))
        .Orchestrator("d", static context => context.WaitForExternalEvent<int>("E"));

    private static async Task<int> StepsAsync(TaskOrchestrationContext context, string steps)
    {
        context.SetCustomStatus("waits");
        foreach (var step in steps)
        {
            _ = step switch
            {
                'a' or 'b' => context.CallActivityAsync<int>($"{step}", 0),
                'c' or 'd' => context.CallSubOrchestratorAsync<int>($"{step}"),
                't' => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
                _ => SendAsync(context, $"{step}"),
            };
        }

        return await context.WaitForExternalEvent<int>("E");
    }

    private static Task SendAsync(TaskOrchestrationContext context, string name)
    {
        context.SendEvent("other", name, 1);
        return Task.CompletedTask;
    }
}
