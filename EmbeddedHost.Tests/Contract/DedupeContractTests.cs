using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Status = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace EmbeddedHost.Tests.Contract;

/// <summary>A start under the id of another instance, with dedupe statuses: those that refuse it.</summary>
public sealed class DedupeContractTests
{
    [Theory, Engines]
    public async Task Start_EndedInAStatusListed_IsRefusedAndTheOtherStays(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        _ = await engine.RunAsync("End", 1, "good");
        _ = await engine.RunAsync("End", 0, "bad");

        // Each engine has an exception of its own for it.
        _ = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "good", Status.Completed));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "bad", Status.Completed, Status.Failed));

        Assert.Equal(1, (await engine.GetAsync("good")).ReadOutputAs<int>());
        Assert.Equal(Status.Failed, (await engine.GetAsync("bad")).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task Start_EndedInAStatusNotListed_StartsAnew(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        _ = await engine.RunAsync("End", 0, "id");

        _ = await StartAsync(engine, "id", Status.Completed, Status.Terminated);
        await engine.IsAsync("id", Status.Completed);

        Assert.Equal(2, (await engine.GetAsync("id")).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task Start_RunsAndIsNotListed_IsRefusedAllTheSame(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        _ = await engine.StartAsync("Wait", instanceId: "id");
        await engine.IsAsync("id", Status.Running);

        _ = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "id"));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "id", Status.Completed));
        _ = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, "id", Status.Running));
        await engine.Client.RaiseEventAsync("id", "E", 3);

        Assert.Equal(3, (await engine.EndAsync("id")).ReadOutputAs<int>());
    }

    private static void EndingOrNot(ContractApp app) => app
        .Orchestrator<int, int>("End", static (_, n) => n == 0 ? throw new TimeoutException() : Task.FromResult(n))
        .Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));

    private static Task<string> StartAsync(ContractEngine engine, string instanceId, params Status[] dedupe) =>
        engine.Client.ScheduleNewOrchestrationInstanceAsync("End", 2, new StartOrchestrationOptions(instanceId).WithDedupeStatuses(dedupe));
}
