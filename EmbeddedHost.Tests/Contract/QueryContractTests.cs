using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Listing and purging.</summary>
public sealed class QueryContractTests
{
    [Theory, Engines]
    public async Task GetAllInstances_Filters_Combine(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        foreach (var n in (int[])[1, 2])
        {
            _ = await engine.RunAsync("End", n, $"a-{n}");
            _ = await engine.StartAsync("Wait", instanceId: $"b-{n}");
            await engine.IsAsync($"b-{n}", OrchestrationRuntimeStatus.Running);
        }

        var second = (await engine.GetAsync("a-2")).CreatedAt;

        Assert.Equal(["a-1", "a-2", "b-1", "b-2"], await engine.IdsAsync());
        Assert.Equal(["b-1", "b-2"], await engine.IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal(["a-2", "b-2"], await engine.IdsAsync(new OrchestrationQuery(CreatedFrom: second)));
        Assert.Equal(["b-2"], await engine.IdsAsync(new OrchestrationQuery(
            CreatedFrom: second, InstanceIdPrefix: "b-", Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await engine.IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "c-")));
    }

    [Theory, Engines]
    public async Task GetAllInstances_InPages_GivesEachOnce(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        var ids = Enumerable.Range(0, 5).Select(static n => $"i{n}").ToArray();
        foreach (var id in ids)
        {
            _ = await engine.StartAsync("End", 1, id);
        }

        foreach (var id in ids)
        {
            _ = await engine.EndAsync(id);
        }

        var found = new List<string>();
        await foreach (var page in engine.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 2, FetchInputsAndOutputs: true)).AsPages())
        {
            Assert.InRange(page.Values.Count, 0, 2);
            Assert.All(page.Values, static row => Assert.Equal(1, row.ReadOutputAs<int>()));
            found.AddRange(page.Values.Select(static row => row.InstanceId));
        }

        Assert.Equal(ids, found.Order(StringComparer.Ordinal));
    }

    [Theory, Engines]
    public async Task PurgeInstance_Ended_LeavesNothing(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Generations);
        _ = await engine.RunAsync("Parent", instanceId: "p");

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("p")).PurgedInstanceCount);

        Assert.Equal(["c", "g"], await engine.IdsAsync());
        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync("p")).PurgedInstanceCount);
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "The Framework's stores cannot be asked for it.")]
    public async Task Purge_Recursive_TakesTheDescendants(EngineKind kind)
    {
        var (one, all, left) = await PurgedGenerationsAsync(kind);

        Assert.Equal((3, 3), (one, all));
        Assert.Equal(["other"], left);
    }

    [Theory]
    [Engines(Only = [EngineKind.InMemory, EngineKind.AzureStorage], Because = "The embedded host takes the descendants too.")]
    public async Task Purge_Recursive_LeavesTheDescendants(EngineKind kind)
    {
        var (one, all, left) = await PurgedGenerationsAsync(kind);

        Assert.Equal((1, 1), (one, all));
        Assert.Equal(["c", "g", "other"], left);
    }

    [Theory]
    [Engines(Except = [EngineKind.AzureStorage], Because = "It purges what runs as well; the Functions host asks first.")]
    public async Task PurgeInstance_Running_IsLeftAlone(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);

        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);

        await engine.Client.RaiseEventAsync(id, "E", 5);
        Assert.Equal(5, (await engine.EndAsync(id)).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task PurgeAllInstances_ByStatus_TakesThoseThatMatch(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        _ = await engine.RunAsync("End", 1, "good");
        _ = await engine.RunAsync("End", 0, "bad");
        _ = await engine.StartAsync("Wait", instanceId: "open");
        await engine.IsAsync("open", OrchestrationRuntimeStatus.Running);

        var failed = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [OrchestrationRuntimeStatus.Failed]));

        Assert.Equal(1, failed.PurgedInstanceCount);
        Assert.Equal(["good", "open"], await engine.IdsAsync());
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "The Framework takes what runs, too.")]
    public async Task PurgeAllInstances_WithoutStatus_LeavesWhatRuns(EngineKind kind) => Assert.Equal(["open"], await PurgedAllAsync(kind));

    [Theory]
    [Engines(Only = [EngineKind.InMemory, EngineKind.AzureStorage], Because = "The embedded host leaves what runs.")]
    public async Task PurgeAllInstances_WithoutStatus_TakesWhatRuns(EngineKind kind) => Assert.Empty(await PurgedAllAsync(kind));

    /// <summary>How many a recursive purge by id takes, and one by status; and what both leave.</summary>
    private static async Task<(int One, int All, List<string> Left)> PurgedGenerationsAsync(EngineKind kind)
    {
        var recursive = new PurgeInstanceOptions(Recursive: true);
        await using var engine = await ContractEngine.StartAsync(kind, Generations);
        _ = await engine.RunAsync("Grandchild", instanceId: "other");

        _ = await engine.RunAsync("Parent", instanceId: "p");
        var one = await engine.Client.PurgeInstanceAsync("p", recursive);

        _ = await engine.RunAsync("Fail", instanceId: "f");
        var all = await engine.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedFrom: DateTimeOffset.UtcNow.AddDays(-1), Statuses: [OrchestrationRuntimeStatus.Failed]), recursive);

        return (one.PurgedInstanceCount, all.PurgedInstanceCount, await engine.IdsAsync());
    }

    /// <summary>What a purge by time alone leaves of one that ended and one that runs.</summary>
    private static async Task<List<string>> PurgedAllAsync(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, EndingOrNot);
        _ = await engine.RunAsync("End", 1, "good");
        _ = await engine.StartAsync("Wait", instanceId: "open");
        await engine.IsAsync("open", OrchestrationRuntimeStatus.Running);

        _ = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedFrom: DateTimeOffset.UtcNow.AddDays(-1)));

        return await engine.IdsAsync();
    }

    /// <summary>Parents, one of which fails, of a child <c>c</c> with a child <c>g</c>.</summary>
    private static void Generations(ContractApp app) => app
        .Orchestrator("Grandchild", static _ => Task.FromResult(1))
        .Orchestrator("Child", static context => CallAsync(context, "Grandchild", "g"))
        .Orchestrator("Parent", static context => CallAsync(context, "Child", "c"))
        .Orchestrator("Fail", static async context => await CallAsync(context, "Child", "c") == 1 ? throw new TimeoutException() : 0);

    private static Task<int> CallAsync(TaskOrchestrationContext context, string child, string instanceId) =>
        context.CallSubOrchestratorAsync<int>(child, options: new SubOrchestrationOptions(instanceId: instanceId));

    private static void EndingOrNot(ContractApp app) => app
        .Orchestrator<int, int>("End", static (_, n) => n == 0 ? throw new TimeoutException() : Task.FromResult(n))
        .Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
}
