using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Retries by policy and by handler, for activities and sub-orchestrations.</summary>
public sealed class RetryContractTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Theory, Engines]
    public async Task Policy_SucceedsInTime_GivesTheResult(EngineKind kind)
    {
        var attempts = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Flaky", n => Interlocked.Increment(ref attempts) < 3 ? throw new TimeoutException() : n)
            .Orchestrator("Call", static context => context.CallActivityAsync<int>(
                "Flaky", 7, TaskOptions.FromRetryPolicy(new RetryPolicy(5, Short)))));

        Assert.Equal(7, (await engine.RunAsync("Call")).ReadOutputAs<int>());

        Assert.Equal(3, attempts);
    }

    [Theory, Engines]
    public async Task Policy_AttemptsUsedUp_TheLastFailureSurfaces(EngineKind kind)
    {
        var attempts = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Flaky", _ => throw new TimeoutException($"attempt {Interlocked.Increment(ref attempts)}"))
            .Orchestrator("Call", static async context => await MessageOfAsync(context.CallActivityAsync<int>(
                "Flaky", 7, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short))))));

        Assert.Equal("attempt 3", (await engine.RunAsync("Call")).ReadOutputAs<string>());

        Assert.Equal(3, attempts);
    }

    [Theory, Engines]
    public async Task Policy_HandleFailureSaysNo_DoesNotTryAgain(EngineKind kind)
    {
        var attempts = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Flaky", _ => Interlocked.Increment(ref attempts) < 2
                ? throw new TimeoutException()
                : throw new ArgumentException("final"))
            .Orchestrator("Call", static async context => await MessageOfAsync(context.CallActivityAsync<int>(
                "Flaky", 7, TaskOptions.FromRetryPolicy(new RetryPolicy(100, Short)
                {
                    HandleFailure = static failure => failure.IsCausedBy<TimeoutException>(),
                })))));

        Assert.Equal("final", (await engine.RunAsync("Call")).ReadOutputAs<string>());

        Assert.Equal(2, attempts);
    }

    [Theory, Engines]
    public async Task AsyncHandler_WaitsOnTimers_SeesAttempts(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Flaky", static _ => throw new TimeoutException("slow"))
            .Orchestrator("Call", static async context =>
            {
                var seen = new List<string>();
                _ = await MessageOfAsync(context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryHandler(async retry =>
                {
                    seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                    await retry.OrchestrationContext.CreateTimer(Short, CancellationToken.None);
                    return retry.LastAttemptNumber < 2;
                })));
                return seen;
            }));

        Assert.Equal(["1 slow", "2 slow"], (await engine.RunAsync("Call")).ReadOutputAs<List<string>>()!);
    }

    [Theory, Engines]
    public async Task Handler_OfASubOrchestration_DecidesByItsFailure(EngineKind kind)
    {
        var attempts = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Flaky", _ => Interlocked.Increment(ref attempts) < 2
                ? throw new TimeoutException()
                : throw new ArgumentException("final"))
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Flaky", 1))
            .Orchestrator("Parent", static context => context.CallSubOrchestratorAsync<int>(
                "Child", options: TaskOptions.FromRetryHandler(static retry => retry.LastFailure.InnerFailure!.IsCausedBy<TimeoutException>()))));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Parent")).RuntimeStatus);

        Assert.Equal(2, attempts);
    }

    [Theory, Engines]
    public async Task Policy_SubOrchestrationWithItsOwnId_RunsAgainUnderThatId(EngineKind kind)
    {
        var attempts = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Flaky", _ => Interlocked.Increment(ref attempts) < 2 ? throw new TimeoutException() : attempts)
            .Orchestrator("Child", static context => context.CallActivityAsync<int>("Flaky", 1))
            .Orchestrator("Parent", static context => context.CallSubOrchestratorAsync<int>(
                "Child", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, Short)).WithInstanceId("the-child"))));

        Assert.Equal(2, (await engine.RunAsync("Parent")).ReadOutputAs<int>());

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.GetAsync("the-child")).RuntimeStatus);
    }

    private static async Task<string> MessageOfAsync(Task call) =>
        (await Assert.ThrowsAsync<TaskFailedException>(() => call)).FailureDetails.ErrorMessage;
}
