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
    public async Task Policy_HandleFailureThrows_DoesNotTryAgainAndTheTasksFailureSurfaces(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", _ => throw new TimeoutException($"attempt {++attempts}"))
            .Orchestrator("Call", static async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(new RetryPolicy(100, TimeSpan.FromSeconds(10))
                    {
                        HandleFailure = static _ => throw new InvalidDataException("the filter's own"),
                    }));
                    return "done";
                }
                catch (TaskFailedException e)
                {
                    return e.FailureDetails.ErrorMessage;
                }
            });

        Assert.Equal("attempt 1", (await hub.RunAsync("Call")).ReadOutputAs<string>());
        Assert.Equal(1, attempts);
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
    public async Task Handler_AsksAPerson_SeesTheOrchestratorsOwnContext(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        var attempts = 0;
        _ = hub.Activity<int, int>("Flaky", n => ++attempts == 1 ? throw new TimeoutException("slow") : n)
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryHandler(async retry =>
            {
                retry.OrchestrationContext.SetCustomStatus("asks");
                return await retry.OrchestrationContext.WaitForExternalEvent<bool>("Again");
            })));

        var id = await hub.StartAsync("Call");
        await hub.ShowsAsync(id, "asks");
        await hub.Client.RaiseEventAsync(id, "Again", eventPayload: true);
        var end = await hub.EndAsync(id);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, "7"), (end.RuntimeStatus, end.SerializedOutput));
        Assert.Equal("asks", end.ReadCustomStatusAs<string>());
    }
}
