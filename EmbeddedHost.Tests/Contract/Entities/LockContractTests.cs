using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract.Entities;

/// <summary>Critical sections: entities that are locked by one orchestration.</summary>
public sealed class LockContractTests
{
    private static readonly EntityInstanceId A = new(nameof(Counter), "a");
    private static readonly EntityInstanceId B = new(nameof(Counter), "b");

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task LockEntities_ManyInAnyOrder_NoneComesBetweenAnother(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind, app => app
            .Orchestrator<bool, int>("Raise", static async (context, isForward) =>
            {
                await using (await context.Entities.LockEntitiesAsync(isForward ? [A, B, A] : [B, A]))
                {
                    // Read and written in two calls: without the lock, one of two would be lost.
                    var (a, b) = (await context.Entities.CallEntityAsync<int>(A, "Get"), await context.Entities.CallEntityAsync<int>(B, "Get"));
                    await context.Entities.CallEntityAsync(A, "Set", a + 1);
                    await context.Entities.CallEntityAsync(B, "Set", b + 1);
                    return a == b ? a : -1;
                }
            }));
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await engine.StartAsync("Raise", i % 2 == 0));
        }

        var seen = new List<int>();
        foreach (var id in ids)
        {
            seen.Add((await engine.EndAsync(id)).ReadOutputAs<int>());
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], seen.Order());
        await IsFreeAsync(engine, A);
        await IsFreeAsync(engine, B);
        await EntityContractTests.HasStateAsync(engine, A, 6);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task CriticalSection_Misused_ThrowsAndGoesOn(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind, app => app
            .Orchestrator("Misuse", static async context =>
            {
                var said = new List<string> { $"{context.Entities.InCriticalSection()}" };
                await using (await context.Entities.LockEntitiesAsync(A))
                {
                    said.Add($"{context.Entities.InCriticalSection(out var free)} {free![0]}");
                    said.Add(await SaidAsync(() => context.Entities.CallEntityAsync(B, "Get")));
                    said.Add(await SaidAsync(() => context.Entities.SignalEntityAsync(A, "Add", 1)));
                    said.Add(await SaidAsync(() => context.Entities.LockEntitiesAsync(B)));
                    said.Add(await SaidAsync(() => context.CallSubOrchestratorAsync("Misuse")));
                    await context.Entities.SignalEntityAsync(B, "Add", 1);
                }

                said.Add($"{context.Entities.InCriticalSection()}");
                return said;
            }));

        var said = (await engine.RunAsync("Misuse")).ReadOutputAs<List<string>>()!;

        Assert.Equal(
            ["False", "True @counter@a", "InvalidOperationException", "InvalidOperationException", "InvalidOperationException", "InvalidOperationException", "False"],
            said);
        await EntityContractTests.HasStateAsync(engine, B, 1);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task Signal_WhileAnotherHasTheLock_WaitsForItsRelease(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind, WithHolder);
        var holder = await engine.StartAsync("Hold");
        await engine.ShowsAsync(holder, "locked");

        await engine.Client.Entities.SignalEntityAsync(A, "Add", 5);
        await ContractEngine.UntilAsync(
            async () => (await TransientAsync(engine)) is { BacklogQueueSize: 1 } locked && locked.LockedBy == holder, "the signal waits");
        Assert.Null(await engine.Client.Entities.GetEntityAsync(A));
        await engine.Client.RaiseEventAsync(holder, "go", "release");
        _ = await engine.EndAsync(holder);

        await EntityContractTests.HasStateAsync(engine, A, 5);
        await IsFreeAsync(engine, A);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task CriticalSection_OrchestrationFailsInIt_IsLeft(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind, WithHolder);
        var holder = await engine.StartAsync("Hold");
        await engine.ShowsAsync(holder, "locked");

        await engine.Client.RaiseEventAsync(holder, "go", "fail");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync(holder)).RuntimeStatus);
        await engine.Client.Entities.SignalEntityAsync(A, "Add", 1);

        await EntityContractTests.HasStateAsync(engine, A, 1);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task CriticalSection_OrchestrationTerminatedInIt_StaysUntilTheStorageIsCleaned(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind, WithHolder);
        var holder = await engine.StartAsync("Hold");
        await engine.ShowsAsync(holder, "locked");
        await engine.Client.TerminateInstanceAsync(holder);
        _ = await engine.EndAsync(holder);
        await engine.Client.Entities.SignalEntityAsync(A, "Add", 1);
        await ContractEngine.UntilAsync(async () => await TransientAsync(engine) is { BacklogQueueSize: 1 }, "the signal waits");

        var cleaned = await engine.Client.Entities.CleanEntityStorageAsync();

        Assert.Equal(1, cleaned.OrphanedLocksReleased);
        await EntityContractTests.HasStateAsync(engine, A, 1);
        await IsFreeAsync(engine, A);
        Assert.Equal(0, (await engine.Client.Entities.CleanEntityStorageAsync()).OrphanedLocksReleased);
    }

    private static void WithHolder(ContractApp app) => app.Orchestrator("Hold", static async context =>
    {
        await using (await context.Entities.LockEntitiesAsync(A))
        {
            context.SetCustomStatus("locked");
            return await context.WaitForExternalEvent<string>("go") == "fail" ? throw new InvalidOperationException("as asked") : "released";
        }
    });

    private static async Task<EntityMetadata?> TransientAsync(ContractEngine engine)
    {
        await foreach (var found in engine.Client.Entities.GetAllEntitiesAsync(new EntityQuery { IncludeTransient = true }))
        {
            return found;
        }

        return null;
    }

    private static Task IsFreeAsync(ContractEngine engine, EntityInstanceId id) => ContractEngine.UntilAsync(
        async () => await engine.Client.Entities.GetEntityAsync(id) is { LockedBy: null, BacklogQueueSize: 0 }, $"'{id}' is free");

    private static async Task<string> SaidAsync(Func<Task> code)
    {
        try
        {
            await code();
            return "nothing";
        }
        catch (InvalidOperationException e)
        {
            return e.GetType().Name;
        }
    }
}
