using System.Collections.Concurrent;
using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Rewind: a failed instance goes on from the failed step; completed work is kept.</summary>
public sealed class RewindContractTests
{
    private const string InMemoryCannot = "The store in memory cannot rewind.";
    private readonly ConcurrentQueue<string> _runs = [];
    private volatile bool _broken = true;

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_ActivityFailed_RunsItAgainAndKeepsWhatIsDone(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => Steps(app)
            .Orchestrator("Saga", static async context =>
            {
                var sum = await context.CallActivityAsync<int>("Good", 1);
                sum += await context.CallActivityAsync<int>("Bad", 2);
                return sum + await context.CallActivityAsync<int>("Good", 3);
            }));

        var ended = await FailRepairAndRewindAsync(engine, "Saga");

        Assert.Equal(6, ended.ReadOutputAs<int>());
        Assert.Null(ended.FailureDetails);
        Assert.Equal(["Good 1", "Bad 2", "Bad 2", "Good 3"], _runs);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_FanOut_RunsOnlyWhatFailed(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => Steps(app)
            .Orchestrator("Wide", static async context => (await Task.WhenAll(
                context.CallActivityAsync<int>("Bad", 1), context.CallActivityAsync<int>("Good", 2),
                context.CallActivityAsync<int>("Bad", 3), Chain(context))).Sum()));

        var ended = await FailRepairAndRewindAsync(engine, "Wide");

        Assert.Equal(15, ended.ReadOutputAs<int>());
        Assert.Equal(["Bad 1", "Bad 1", "Bad 3", "Bad 3", "Good 2", "Good 4", "Good 5"], _runs.Order(StringComparer.Ordinal));

        static async Task<int> Chain(TaskOrchestrationContext context) =>
            await context.CallActivityAsync<int>("Good", 4) + await context.CallActivityAsync<int>("Good", 5);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_SubOrchestrationFailed_RewindsItFromItsFailedStep(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => Steps(app)
            .Orchestrator("Grandchild", static async context =>
                await context.CallActivityAsync<int>("Good", 1) + await context.CallActivityAsync<int>("Bad", 2))
            .Orchestrator("Child", static async context =>
                await context.CallActivityAsync<int>("Good", 3) + await context.CallSubOrchestratorAsync<int>("Grandchild"))
            .Orchestrator("Parent", static async context =>
                await context.CallActivityAsync<int>("Good", 4) + await context.CallSubOrchestratorAsync<int>("Child")));

        var ended = await FailRepairAndRewindAsync(engine, "Parent");

        Assert.Equal(10, ended.ReadOutputAs<int>());
        Assert.Equal(["Good 4", "Good 3", "Good 1", "Bad 2", "Bad 2"], _runs);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_FailsAgain_CanBeRewoundAgain(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => Steps(app)
            .Orchestrator("One", static context => context.CallActivityAsync<int>("Bad", 1)));
        var id = (await engine.RunAsync("One")).InstanceId;

        await engine.Client.RewindInstanceAsync(id, "hope");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync(id)).RuntimeStatus);
        _broken = false;
        await engine.Client.RewindInstanceAsync(id, "repaired");

        Assert.Equal(1, (await engine.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(3, _runs.Count);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_CodeThrewInItsFirstTurn_StartsAgainWithItsInput(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Orchestrator<int, int>("Bug", (_, n) => _broken ? throw new InvalidDataException("a bug") : Task.FromResult(n)));

        Assert.Equal(42, (await FailRepairAndRewindAsync(engine, "Bug", 42)).ReadOutputAs<int>());
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = InMemoryCannot)]
    public async Task Rewind_CodeThrewByItself_GoesOnOnTheRepairedCode(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => Steps(app)
            .Orchestrator("Bug", async context =>
            {
                var one = await context.CallActivityAsync<int>("Good", 1);
                var two = await context.CallActivityAsync<int>("Good", 2);
                return _broken ? throw new InvalidDataException("a bug") : one + two;
            }));

        Assert.Equal(3, (await FailRepairAndRewindAsync(engine, "Bug")).ReadOutputAs<int>());
        Assert.Equal(["Good 1", "Good 2"], _runs);
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "On Azure Storage all attempts are taken out, and the history has timers that the code does not ask for.")]
    public async Task Rewind_RetriesUsedUp_RunsTheLastAttemptAgain(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Retrying);

        var ended = await FailRepairAndRewindAsync(engine, "Retry");

        Assert.Equal(1, ended.ReadOutputAs<int>());
        Assert.Equal(4, _runs.Count);
    }

    [Theory]
    [Engines(Only = [EngineKind.AzureStorage], Because = "The embedded host takes out the last attempt alone; the store in memory cannot rewind.")]
    public async Task Rewind_RetriesUsedUp_FailsOfItsHistory(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Retrying);

        AssertFailedOfItsHistory(await FailRepairAndRewindAsync(engine, "Retry"));
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "On Azure Storage the failure is taken out, and what the code did because of it stays.")]
    public async Task Rewind_CodeHasActedOnTheFailure_GoesBackToIt(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Compensating);

        var ended = await FailRepairAndRewindAsync(engine, "Saga");

        Assert.Equal(3, ended.ReadOutputAs<int>());
        Assert.Equal(["Good 1", "Bad 2", "Good 100", "Bad 2"], _runs);
    }

    [Theory]
    [Engines(Only = [EngineKind.AzureStorage], Because = "The embedded host undoes what came of the failure; the store in memory cannot rewind.")]
    public async Task Rewind_CodeHasActedOnTheFailure_FailsOfItsHistory(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Compensating);

        AssertFailedOfItsHistory(await FailRepairAndRewindAsync(engine, "Saga"));
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "On Azure Storage the history keeps what the wrong code asked for.")]
    public async Task Rewind_CodeMatchesItsHistoryAgain_GoesOn(EngineKind kind)
    {
        Assert.Equal(3, (await MismatchRepairAndRewindAsync(kind)).ReadOutputAs<int>());
        Assert.Equal(["Good 1"], _runs);
    }

    [Theory]
    [Engines(Only = [EngineKind.AzureStorage], Because = "The embedded host keeps nothing of the wrong code's turn; the store in memory cannot rewind.")]
    public async Task Rewind_CodeMatchesItsHistoryAgain_FailsOfItsHistory(EngineKind kind) =>
        AssertFailedOfItsHistory(await MismatchRepairAndRewindAsync(kind));

    private void Retrying(ContractApp app) => Steps(app).Orchestrator("Retry", static context => context.CallActivityAsync<int>(
        "Bad", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)))));

    private void Compensating(ContractApp app) => Steps(app).Orchestrator("Saga", static async context =>
    {
        var sum = await context.CallActivityAsync<int>("Good", 1);
        try
        {
            return sum + await context.CallActivityAsync<int>("Bad", 2);
        }
        catch (TaskFailedException)
        {
            _ = await context.CallActivityAsync<int>("Good", 100);
            throw;
        }
    });

    private ContractApp Steps(ContractApp app) => app
        .Activity<int, int>("Good", n =>
        {
            _runs.Enqueue($"Good {n}");
            return n;
        })
        .Activity<int, int>("Bad", n =>
        {
            _runs.Enqueue($"Bad {n}");
            return _broken ? throw new TimeoutException("down") : n;
        });

    private async Task<OrchestrationMetadata> FailRepairAndRewindAsync(ContractEngine engine, string orchestrator, object? input = null)
    {
        var failed = await engine.RunAsync(orchestrator, input);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        _broken = false;
        await engine.Client.RewindInstanceAsync(failed.InstanceId, "repaired");
        return await engine.EndAsync(failed.InstanceId);
    }

    /// <summary>Fails an instance by code that does not match its history, and rewinds it when the right code is back.</summary>
    private async Task<OrchestrationMetadata> MismatchRepairAndRewindAsync(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Right);
        var id = await engine.StartAsync("Changed");
        await engine.ShowsAsync(id, "waits");
        await engine.DeployAsync(app => Steps(app).Orchestrator("Changed", static context => context.CallActivityAsync<int>("Renamed", 1)));
        await engine.Client.RaiseEventAsync(id, "E", 2);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync(id)).RuntimeStatus);

        await engine.DeployAsync(Right);
        await engine.Client.RewindInstanceAsync(id, "deployed again");
        return await engine.EndAsync(id);

        void Right(ContractApp app) => Steps(app).Orchestrator("Changed", static async context =>
        {
            var one = await context.CallActivityAsync<int>("Good", 1);
            context.SetCustomStatus("waits");
            return one + await context.WaitForExternalEvent<int>("E");
        });
    }

    private static void AssertFailedOfItsHistory(OrchestrationMetadata ended)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Non-Deterministic workflow detected", ended.SerializedOutput, StringComparison.Ordinal);
    }
}
