using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Retries by policy and by handler, for activities and sub-orchestrations.</summary>
public sealed class RetryTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Policy_Coefficient_WaitsLongerEachTimeUpToTheCap(int warm)
    {
        var clock = new ManualClock(skipsAhead: true);
        await using var hub = new HubFixture(warm, clock);
        var attempts = new List<TimeSpan>();
        _ = hub.Activity<int, int>("Flaky", n =>
            {
                attempts.Add(clock.Elapsed);
                return attempts.Count < 5 ? throw new TimeoutException() : n;
            })
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(
                new RetryPolicy(5, TimeSpan.FromSeconds(10), 3, maxRetryInterval: TimeSpan.FromSeconds(60)))));

        Assert.Equal(7, (await hub.RunAsync("Call")).ReadOutputAs<int>());

        Assert.Equal([0, 10, 40, 100, 160], attempts.Select(static at => at.TotalSeconds));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Policy_AttemptsUsedUp_TheLastFailureSurfaces(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => throw new TimeoutException($"attempt {++attempts}"))
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(
                new RetryPolicy(3, TimeSpan.FromSeconds(1)))));

        var ended = await hub.RunAsync("Call");

        Assert.Equal(3, attempts);
        Assert.Equal("attempt 3", ended.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Policy_TotalTimeUsedUp_DoesNotWaitForAnotherAttempt(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => throw new TimeoutException($"attempt {++attempts}"))
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(
                new RetryPolicy(100, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(35)))));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Call")).RuntimeStatus);

        // At 0, 10, 20 and 30 seconds time was left to wait for another; at 40 none is.
        Assert.Equal(5, attempts);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Policy_HandleFailureSaysNo_DoesNotTryAgain(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => ++attempts < 3 ? throw new TimeoutException() : throw new ArgumentException("final"))
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(
                new RetryPolicy(100, TimeSpan.FromSeconds(10))
                {
                    HandleFailure = static failure => failure.IsCausedBy<TimeoutException>(),
                })));

        var ended = await hub.RunAsync("Call");

        Assert.Equal(3, attempts);
        Assert.Equal("final", ended.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task AsyncHandler_WaitsOnTimers_SeesAttemptsAndTime(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var seen = new List<(int Attempt, string Error, double Seconds)>();
        _ = hub.Activity<int, int>("Flaky", static _ => throw new TimeoutException("slow"))
            .Orchestrator("Call", context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryHandler(async retry =>
            {
                if (!retry.OrchestrationContext.IsReplaying)
                {
                    seen.Add((retry.LastAttemptNumber, retry.LastFailure.ErrorMessage, retry.TotalRetryTime.TotalSeconds));
                }

                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(20), CancellationToken.None);
                return retry.LastAttemptNumber < 3;
            })));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Call")).RuntimeStatus);

        Assert.Equal([(1, "slow", 0), (2, "slow", 20), (3, "slow", 40)], seen);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Handler_OfASubOrchestration_DecidesByItsFailure(int warm)
    {
        await using var hub = new HubFixture(warm);
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => ++attempts < 3 ? throw new TimeoutException() : throw new ArgumentException("final"))
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Flaky", 1))
            .Orchestrator("Parent", static context => context.CallSubOrchestratorAsync<int>(
                "Child", options: TaskOptions.FromRetryHandler(static retry => retry.LastFailure.InnerFailure!.IsCausedBy<TimeoutException>())));

        var ended = await hub.RunAsync("Parent");

        Assert.Equal(3, attempts);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Policy_SubOrchestrationWithItsOwnId_RunsAgainUnderThatId(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => ++attempts < 3 ? throw new TimeoutException() : attempts)
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Flaky", 1))
            .Orchestrator("Parent", static context => context.CallSubOrchestratorAsync<int>(
                "Child",
                options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1))).WithInstanceId("the-child")));

        Assert.Equal(3, (await hub.RunAsync("Parent")).ReadOutputAs<int>());

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetAsync("the-child")).RuntimeStatus);
    }
}
