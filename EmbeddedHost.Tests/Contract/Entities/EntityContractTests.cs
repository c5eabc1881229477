using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract.Entities;

/// <summary>Entities: calls, signals, state, failures.</summary>
public sealed class EntityContractTests
{
    /// <summary>Why one engine is left out of all of them.</summary>
    internal const string NoStore = "The memory of Microsoft's test host is no entity store (IEntityOrchestrationService).";

    private static readonly EntityInstanceId One = new(nameof(Counter), "one");

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task CallEntity_Twice_GoesOnFromTheState(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Twice", static async context =>
        {
            _ = await context.Entities.CallEntityAsync<int>(One, "Add", 3);
            return await context.Entities.CallEntityAsync<int>(One, "add", 4);
        }));

        var end = await engine.RunAsync("Twice");

        Assert.Equal(7, end.ReadOutputAs<int>());
        Assert.Equal(7, (await engine.Client.Entities.GetEntityAsync<int>(One))!.State);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task SignalEntity_ByClientAndOrchestration_ReachesIt(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Signal", static async context =>
        {
            await context.Entities.SignalEntityAsync(One, "Add", 1);
            return await context.Entities.CallEntityAsync<int>(One, "Add", 1);
        }));
        await engine.Client.Entities.SignalEntityAsync(One, "Add", 5);
        await HasStateAsync(engine, One, 5);

        Assert.Equal(7, (await engine.RunAsync("Signal")).ReadOutputAs<int>());
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task Signals_OfOneOrchestration_ArriveInOrder(EngineKind kind)
    {
        var diary = new EntityInstanceId(nameof(Diary), "d");
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Tell", async context =>
        {
            for (var i = 0; i < 20; i++)
            {
                await context.Entities.SignalEntityAsync(diary, "Write", $"{i}");
            }

            return await context.Entities.CallEntityAsync<List<string>>(diary, "Read");
        }));

        var end = await engine.RunAsync("Tell");

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), end.ReadOutputAs<List<string>>()!);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task CallEntity_OperationFails_ItsEffectsAreUndoneAndTheCallerIsTold(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Fail", static async context =>
        {
            await context.Entities.CallEntityAsync(One, "Add", 1);
            try
            {
                await context.Entities.CallEntityAsync(One, "AddAndFail", 10);
                return "no failure";
            }
            catch (EntityOperationFailedException e)
            {
                var now = await context.Entities.CallEntityAsync<int>(One, "Get");
                return $"{e.EntityId} {e.OperationName} {e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage} {now}";
            }
        }));

        var end = await engine.RunAsync("Fail");

        Assert.Equal("@counter@one AddAndFail System.InvalidOperationException It was too much. 1", end.ReadOutputAs<string>());
        Assert.Null(await engine.Client.Entities.GetEntityAsync(new EntityInstanceId(nameof(Counter), "told")));
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task SignalEntity_OperationFails_TheNextGoesOnFromTheStateBefore(EngineKind kind)
    {
        await using var engine = await StartAsync(kind);

        await engine.Client.Entities.SignalEntityAsync(One, "Add", 1);
        await engine.Client.Entities.SignalEntityAsync(One, "AddAndFail", 10);
        await engine.Client.Entities.SignalEntityAsync(One, "NoSuchOperation");
        await engine.Client.Entities.SignalEntityAsync(One, "Add", 1);

        await HasStateAsync(engine, One, 2);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task CallEntity_NoSuchEntity_FailsTheCall(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Call", static async context =>
        {
            try
            {
                await context.Entities.CallEntityAsync(new EntityInstanceId("Nobody", "x"), "Do");
                return "no failure";
            }
            catch (EntityOperationFailedException)
            {
                return "failed";
            }
        }));

        Assert.Equal("failed", (await engine.RunAsync("Call")).ReadOutputAs<string>());
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task Entity_SignalsAnother_BothHaveTheirState(EngineKind kind)
    {
        var other = new EntityInstanceId(nameof(Counter), "other");
        await using var engine = await StartAsync(kind);

        await engine.Client.Entities.SignalEntityAsync(One, "Tell", "other");

        await HasStateAsync(engine, other, 1);
        await HasStateAsync(engine, One, 1);
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task Entity_StartsAnOrchestration_ItRunsAndKnowsTheEntity(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app
            .Orchestrator<int, string>("Started", static (context, input) => Task.FromResult($"{context.Parent?.InstanceId} {input}"))
            .Orchestrator("Ask", static async context =>
            {
                await context.Entities.CallEntityAsync(One, "Add", 5);
                return await context.Entities.CallEntityAsync<string>(One, "Start", "Started");
            }));
        var id = (await engine.RunAsync("Ask")).ReadOutputAs<string>()!;

        await ContractEngine.UntilAsync(async () => await engine.Client.GetInstanceAsync(id) is not null, "the orchestration is started");

        Assert.Equal("@counter@one 5", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task Entity_StateDeleted_IsNotThere(EngineKind kind)
    {
        await using var engine = await StartAsync(kind, app => app.Orchestrator("Delete", static async context =>
        {
            await context.Entities.CallEntityAsync(One, "Add", 1);
            await context.Entities.CallEntityAsync(One, "delete");
            return "done";
        }));

        _ = await engine.RunAsync("Delete");

        Assert.Null(await engine.Client.Entities.GetEntityAsync(One));
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task GetAllInstances_Entities_AreNotAmongThem(EngineKind kind)
    {
        await using var engine = await StartAsync(kind);

        await engine.Client.Entities.SignalEntityAsync(One, "Add", 1);
        await HasStateAsync(engine, One, 1);

        Assert.Empty(await engine.IdsAsync());
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = NoStore)]
    public async Task SignalEntity_ForLater_ComesWhenItIsDue(EngineKind kind)
    {
        await using var engine = await StartAsync(kind);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);

        await engine.Client.Entities.SignalEntityAsync(One, "Add", 2, new SignalEntityOptions { SignalTime = due });
        await engine.Client.Entities.SignalEntityAsync(One, "Add", 1);
        await HasStateAsync(engine, One, 1);
        await HasStateAsync(engine, One, 3);

        Assert.True(TimeProvider.System.GetUtcNow() >= due - engine.TimersComeEarlyBy, "It came before its time.");
    }

    internal static Task<ContractEngine> StartAsync(EngineKind kind, Action<ContractApp>? configure = null) =>
        ContractEngine.StartAsync(kind, app =>
        {
            _ = app
                .Entity(nameof(Counter), static () => new Counter())
                .Entity(nameof(Account), static () => new Account())
                .Entity(nameof(Diary), static () => new Diary());
            configure?.Invoke(app);
        });

    internal static Task HasStateAsync<T>(ContractEngine engine, EntityInstanceId id, T state) => ContractEngine.UntilAsync(
        async () => await engine.Client.Entities.GetEntityAsync(id) is { IncludesState: true } found && Equals(found.State.ReadAs<T>(), state),
        $"'{id}' has the state {state}");
}
