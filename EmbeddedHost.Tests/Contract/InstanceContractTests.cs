using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Instances as a client sees them: ids, states, versions and tags.</summary>
public sealed class InstanceContractTests
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal) { ["team"] = "a", ["kind"] = "\u00E9" };

    [Theory, Engines]
    public async Task CustomStatus_ChangedAfterItWasSet_IsAsTheTurnLeftIt(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Talk", static context =>
            {
                var status = new List<string> { "set" };
                context.SetCustomStatus(status);
                status.Add("changed");
                return Task.FromResult(1);
            }));

        Assert.Equal(["set", "changed"], (await engine.RunAsync("Talk")).ReadCustomStatusAs<List<string>>()!);
    }

    [Theory, Engines]
    public async Task Schedule_IdRuns_IsRefusedAndTheOtherGoesOn(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Waiting);

        var id = await engine.StartAsync("Wait", instanceId: "order-1");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        // Each engine has an exception of its own for it.
        _ = await Assert.ThrowsAnyAsync<Exception>(() => engine.StartAsync("Wait", instanceId: "order-1"));
        await engine.Client.RaiseEventAsync(id, "E", "fine");

        Assert.Equal("fine", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Schedule_IdHasEnded_StartsAnewWithNothingOfTheOldRun(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int, int>("Echo", static (context, n) =>
            {
                if (n == 1)
                {
                    context.SetCustomStatus("old");
                    throw new InvalidDataException("old");
                }

                return Task.FromResult(n);
            }));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Echo", 1, "same")).RuntimeStatus);
        _ = await engine.StartAsync("Echo", 2, "same");
        await engine.IsAsync("same", OrchestrationRuntimeStatus.Completed);
        var again = await engine.GetAsync("same");

        Assert.Equal(2, again.ReadOutputAs<int>());
        Assert.Null(again.FailureDetails);
        Assert.Null(again.ReadCustomStatusAs<string>());
    }

    [Theory, Engines]
    public async Task Schedule_ForLater_IsPendingUntilThen(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Now", static context => Task.FromResult(context.CurrentUtcDateTime)));
        var later = DateTimeOffset.UtcNow.AddSeconds(2);

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Now", "input", new StartOrchestrationOptions(StartAt: later));
        var row = await engine.GetAsync(id);
        var ended = await engine.EndAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, row.RuntimeStatus);
        Assert.Equal("input", row.ReadInputAs<string>());
        Assert.True(ended.ReadOutputAs<DateTime>() >= later.UtcDateTime - engine.TimersComeEarlyBy, $"{ended.ReadOutputAs<DateTime>():O}");
    }

    [Theory, Engines]
    public async Task Schedule_UnknownOrchestrator_Fails(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Waiting);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Nowhere")).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task WaitForInstanceStart_Pending_CompletesWhenItRuns(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Waiting);

        var id = await engine.StartAsync("Wait", "input");
        var row = await engine.Client.WaitForInstanceStartAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(OrchestrationRuntimeStatus.Running, row.RuntimeStatus);
        Assert.Equal("input", row.ReadInputAs<string>());
        Assert.Equal("Wait", row.Name);
    }

    [Theory, Engines]
    public async Task WaitForInstanceCompletion_Cancelled_Throws(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Waiting);
        var id = await engine.StartAsync("Wait");
        using var impatient = new CancellationTokenSource();

        var ended = engine.Client.WaitForInstanceCompletionAsync(id, impatient.Token);
        await impatient.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ended);
    }

    [Theory, Engines]
    public async Task SetCustomStatus_EachTurn_ShowsTheLast(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Show", static async context =>
            {
                context.SetCustomStatus("early");
                context.SetCustomStatus("waits");
                await context.WaitForExternalEvent<object?>("E");
                context.SetCustomStatus("done");
                return 1;
            }));

        var id = await engine.StartAsync("Show");
        await engine.ShowsAsync(id, "waits");
        await engine.Client.RaiseEventAsync(id, "E");

        Assert.Equal("done", (await engine.EndAsync(id)).ReadCustomStatusAs<string>());
    }

    [Theory, Engines]
    public async Task SetCustomStatus_Null_TakesItAway(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Show", static async context =>
            {
                context.SetCustomStatus("waits");
                await context.WaitForExternalEvent<object?>("E");
                context.SetCustomStatus(null);
                return 1;
            }));

        var id = await engine.StartAsync("Show");
        await engine.ShowsAsync(id, "waits");
        await engine.Client.RaiseEventAsync(id, "E");

        Assert.Null((await engine.EndAsync(id)).ReadCustomStatusAs<string>());
    }

    [Theory]
    [Engines(Only = [EngineKind.InMemory, EngineKind.AzureStorage], Because = "The embedded host fails the instance, as the Functions host does.")]
    public async Task SetCustomStatus_Above16KilobytesOfUtf16_IsKept(EngineKind kind)
    {
        var status = new string('x', 9_000);
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Orchestrator("Show", context =>
            {
                context.SetCustomStatus(status);
                return Task.FromResult(1);
            }));

        Assert.Equal(status, (await engine.RunAsync("Show")).ReadCustomStatusAs<string>());
    }

    [Theory, Engines]
    public async Task Version_GivenAtTheStart_IsTheContextsInEachTurn(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<string, string>("Echo", static text => text)
            .Orchestrator("Versions", static async context =>
                $"{context.Version} {context.CompareVersionTo("2.9")} {await context.CallActivityAsync<string>("Echo", context.Version)}"));

        var given = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Versions", new StartOrchestrationOptions { Version = "2.10" });
        var none = await engine.StartAsync("Versions");

        Assert.Equal("2.10 1 2.10", (await engine.EndAsync(given)).ReadOutputAs<string>());
        Assert.Equal(" -1 ", (await engine.EndAsync(none)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Version_OfASubOrchestration_IsGivenAndNotTheParents(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Child", static context => Task.FromResult(context.Version))
            .Orchestrator("Parent", static async context =>
                await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "3.0" })
                + ", " + await context.CallSubOrchestratorAsync<string>("Child")));

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions { Version = "2.0" });

        Assert.Equal("3.0, ", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Tags_OfAStart_AreInWhatTheClientGets(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Waiting);

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions { Tags = Tags });
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);

        Assert.Equal(Tags, (await engine.GetAsync(id)).Tags);
    }

    private static void Waiting(ContractApp app) => app.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
}
