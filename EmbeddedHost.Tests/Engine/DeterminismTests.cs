using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Moq;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A replay gives what the first run gave; code that does not is told so.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Replay_GuidsAndClock_AreThoseOfTheFirstRun(int warm)
    {
        await using var hub = new HubFixture(warm);
        var runs = new ConcurrentBag<string>();
        _ = hub.Activity<int, int>("Echo", static n => n)
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
            });

        var seen = (await hub.RunAsync("Guids")).ReadOutputAs<List<string>>()!;

        Assert.Equal(4, runs.Distinct().Count());
        Assert.Equal(4, seen.Distinct().Count());
        Assert.Equal(warm == 0, runs.Count > 4);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task NewGuid_ClockThatStandsStill_NeverRepeats(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Guids", static async context =>
            {
                var seen = context.GetInput<List<Guid>>() ?? [];
                for (var i = 0; i < 3; i++)
                {
                    seen.Add(context.NewGuid());
                    _ = await context.CallActivityAsync<int>("Echo", i);
                }

                if (seen.Count < 9)
                {
                    context.ContinueAsNew(seen);
                }

                return seen;
            });

        var seen = (await hub.RunAsync("Guids")).ReadOutputAs<List<Guid>>()!;

        Assert.Equal(9, seen.Distinct().Count());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task IsReplaying_EachStep_IsFalseOnceAndTrueBeforeThat(int warm)
    {
        await using var hub = new HubFixture(warm);
        var live = new ConcurrentQueue<int>();
        var replayed = new ConcurrentQueue<int>();
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Steps", async context =>
            {
                for (var i = 0; i < 3; i++)
                {
                    (context.IsReplaying ? replayed : live).Enqueue(i);
                    _ = await context.CallActivityAsync<int>("Echo", i);
                }

                return 1;
            });

        _ = await hub.RunAsync("Steps");

        Assert.Equal([0, 1, 2], live);
        Assert.Equal(warm == 0, !replayed.IsEmpty);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ReplaySafeLogger_ManyTurns_WritesEachLineOnce(int warm)
    {
        var lines = new ConcurrentQueue<string>();
        var logger = new Mock<ILogger>();
        _ = logger.Setup(static l => l.IsEnabled(It.IsAny<LogLevel>())).Returns(true);
        _ = logger.Setup(static l => l.Log(
                It.IsAny<LogLevel>(), It.IsAny<EventId>(), It.IsAny<It.IsAnyType>(), It.IsAny<Exception>(), It.IsAny<Func<It.IsAnyType, Exception?, string>>()))
            .Callback(new InvocationAction(call => lines.Enqueue(call.Arguments[2].ToString()!)));
        var loggers = new Mock<ILoggerFactory>();
        _ = loggers.Setup(static l => l.CreateLogger(It.IsAny<string>())).Returns(logger.Object);
        await using var hub = new HubFixture(warm, loggers: loggers.Object);
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Log", static async context =>
            {
                var log = context.CreateReplaySafeLogger("saga");
                for (var i = 0; i < 3; i++)
                {
                    log.LogWarning("step {Step}", i);
                    _ = await context.CallActivityAsync<int>("Echo", i);
                }

                return 1;
            });

        _ = await hub.RunAsync("Log");

        Assert.Equal(["step 0", "step 1", "step 2"], lines.Where(static line => line.StartsWith("step", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Replay_CodeAsksForAnotherActivity_FailsAndNamesTheStep()
    {
        var ended = await ReplayAsync(
            static context => context.CallActivityAsync<int>("Old"), static context => context.CallActivityAsync<int>("New"));

        Assert.Contains("step #0 history holds activity 'Old' (#0), the code asked for activity 'New' (#0)", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_CodeAsksForLess_FailsAndNamesTheStep()
    {
        var ended = await ReplayAsync(
            static context => context.CallActivityAsync<int>("Old"), static context => context.WaitForExternalEvent<int>("E"));

        Assert.Contains("history holds activity 'Old' (#0), the code asked for nothing", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_CodeAsksForMore_FailsAndNamesTheStep()
    {
        var ended = await ReplayAsync(
            static context => context.WaitForExternalEvent<int>("E"), static context => context.CallActivityAsync<int>("New"));

        Assert.Contains("history holds nothing, the code asked for activity 'New' (#0)", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_CodeEndsWhereHistoryWaits_FailsAndSaysSo() =>
        Assert.Contains("history goes on, the code ended", await ReplayAsync(
            static context => context.WaitForExternalEvent<int>("E"), static _ => Task.FromResult(1)), StringComparison.Ordinal);

    public static TheoryData<string, string, string> Changes => new()
    {
        // Each letter is a step: activities a and b, sub-orchestrations c and d, a timer t, events sent e and f.
        { "a", "b", "at step #0 history holds activity 'a' (#0), the code asked for activity 'b' (#0)" },
        { "c", "d", "at step #0 history holds sub-orchestration 'c' (#0), the code asked for sub-orchestration 'd' (#0)" },
        { "e", "f", "at step #0 history holds event 'e' to 'other' (#0), the code asked for event 'f' to 'other' (#0)" },
        { "ab", "ba", "at step #0 history holds activity 'a' (#0), the code asked for activity 'b' (#0)" },
        { "acd", "adc", "at step #1 history holds sub-orchestration 'c' (#1), the code asked for sub-orchestration 'd' (#1)" },
        { "at", "ta", "at step #0 history holds activity 'a' (#0), the code asked for timer (#0)" },
        { "aef", "afe", "at step #1 history holds event 'e' to 'other' (#1), the code asked for event 'f' to 'other' (#1)" },
        { "a", "ab", "at step #1 history holds nothing, the code asked for activity 'b' (#1)" },
        { "a", "ac", "at step #1 history holds nothing, the code asked for sub-orchestration 'c' (#1)" },
        { "a", "at", "at step #1 history holds nothing, the code asked for timer (#1)" },
        { "a", "ae", "at step #1 history holds nothing, the code asked for event 'e' to 'other' (#1)" },
        { "ab", "a", "at step #1 history holds activity 'b' (#1), the code asked for nothing" },
        { "ac", "a", "at step #1 history holds sub-orchestration 'c' (#1), the code asked for nothing" },
        { "at", "a", "at step #1 history holds timer (#1), the code asked for nothing" },
        { "ae", "a", "at step #1 history holds event 'e' to 'other' (#1), the code asked for nothing" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Replay_StepRenamedReorderedAddedOrRemoved_FailsAndNamesTheStep(string before, string after, string expected)
    {
        Assert.Contains(expected, await ReplayAsync(context => StepsAsync(context, before), context => StepsAsync(context, after)), StringComparison.Ordinal);

        static async Task<int> StepsAsync(TaskOrchestrationContext context, string steps)
        {
            foreach (var step in steps)
            {
                _ = step switch
                {
                    'a' or 'b' => context.CallActivityAsync<int>($"{step}"),
                    'c' or 'd' => context.CallSubOrchestratorAsync<int>($"{step}"),
                    't' => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
                    _ => Send(context, $"{step}"),
                };
            }

            return await context.WaitForExternalEvent<int>("E");
        }

        static Task Send(TaskOrchestrationContext context, string name)
        {
            context.SendEvent("other", name, 1);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Turn_AwaitsWhatIsNotDurable_Fails(int warm)
    {
        await using var hub = new HubFixture(warm);
        var elsewhere = new TaskCompletionSource<int>();
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Stray", async context => await context.CallActivityAsync<int>("Echo", 1) + await elsewhere.Task);

        var ended = await hub.RunAsync("Stray");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("awaits something other than a durable task", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Schedule_OnATaskSchedulerOfTheCallers_RunsTheCodeInItsTurn(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Two", static async context =>
                await context.CallActivityAsync<int>("Echo", 1) + await context.WaitForExternalEvent<int>("E"));
        var callers = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        Task<T> OnCallers<T>(Func<Task<T>> code) =>
            Task.Factory.StartNew(code, CancellationToken.None, TaskCreationOptions.None, callers).Unwrap();

        var id = await OnCallers(() => hub.StartAsync("Two"));
        await hub.Client.RaiseEventAsync(id, "E", 2);

        Assert.Equal(3, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    /// <summary>Starts an instance on one code, replays it on another, and returns why it failed.</summary>
    private static async Task<string> ReplayAsync(
        Func<TaskOrchestrationContext, Task<int>> before, Func<TaskOrchestrationContext, Task<int>> after)
    {
        await using var hub = new HubFixture();
        _ = hub.Activity("Old", static stopping => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping))
            .Activity("a", static stopping => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping))
            .Activity("b", static stopping => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping))
            .Orchestrator("c", static context => context.WaitForExternalEvent<int>("E"))
            .Orchestrator("d", static context => context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Changed", before);
        var id = await hub.StartAsync("Changed");

        _ = hub.Orchestrator("Changed", after);
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "Wake");

        var ended = await hub.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        return ended.FailureDetails!.ErrorMessage;
    }
}
