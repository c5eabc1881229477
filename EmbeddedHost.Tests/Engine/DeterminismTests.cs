using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Moq;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A replay gives what the first run gave; code that does not is told so.</summary>
public sealed class DeterminismTests
{
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
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    public async Task Turn_WhatIsNotDurableEndsBesideAnOpenTimer_FailsAtOnce(int warm, bool byCancelAsync)
    {
        await using var hub = new HubFixture(warm);
        var elsewhere = new TaskCompletionSource();
        _ = hub.Orchestrator<object?>("Stray", async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            context.SetCustomStatus("waits");
            _ = cancellation.Token.Register(elsewhere.Task.Wait);
            await (byCancelAsync ? cancellation.CancelAsync() : elsewhere.Task);
            await timer;
            return null;
        });

        var id = await hub.StartAsync("Stray");
        await HubFixture.UntilAsync(async () => (await hub.GetAsync(id)).SerializedCustomStatus is not null, "the turn's end");
        await Task.Run(elsewhere.SetResult);
        var ended = await hub.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("awaited something other than a durable task", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
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
}
