using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Restart: the same orchestrator again, with what the instance was started with.</summary>
public sealed class RestartContractTests
{
    [Theory, Engines]
    public async Task Restart_UnderANewId_RunsWithTheSameInputAndTagsAndLeavesTheOld(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Counting());
        var before = await StartedAsync(engine, "first");

        var id = await engine.Client.RestartAsync("first", restartWithNewInstanceId: true);
        var again = await engine.EndAsync(id);

        Assert.NotEqual("first", id);
        Assert.Equal("Count", again.Name);
        Assert.Equal("run 2 of 42", again.ReadOutputAs<string>());
        Assert.Equal("a", again.Tags["team"]);
        Assert.Equal(before.SerializedOutput, (await engine.GetAsync("first")).SerializedOutput);
    }

    [Theory, Engines]
    public async Task Restart_UnderItsOwnId_TakesThePlaceOfTheOld(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Counting());
        _ = await StartedAsync(engine, "first");

        Assert.Equal("first", await engine.Client.RestartAsync("first"));
        // A moment later on a store that has only queued it.
        await ContractEngine.UntilAsync(
            async () => (await engine.GetAsync("first")).SerializedOutput?.Contains("run 2 of 42", StringComparison.Ordinal) ?? false, "it has run again");

        Assert.Equal("a", (await engine.GetAsync("first")).Tags["team"]);
        Assert.Equal(["first"], await engine.IdsAsync());
    }

    [Theory, Engines]
    public async Task Restart_VersionGivenAtTheStart_IsTheHubsAndNotThat(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Version", static context => Task.FromResult($"'{context.Version}'")));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Version", new StartOrchestrationOptions { Version = "1.2" });
        Assert.Equal("'1.2'", (await engine.EndAsync(id)).ReadOutputAs<string>());

        var again = await engine.Client.RestartAsync(id, restartWithNewInstanceId: true);

        Assert.Equal("''", (await engine.EndAsync(again)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Restart_Running_IsRefusedUnderItsIdAndStartsUnderAnother(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E")));
        _ = await engine.StartAsync("Wait", instanceId: "first");
        await engine.IsAsync("first", OrchestrationRuntimeStatus.Running);

        // Each engine has an exception of its own for it.
        _ = await Assert.ThrowsAnyAsync<Exception>(() => engine.Client.RestartAsync("first"));
        var id = await engine.Client.RestartAsync("first", restartWithNewInstanceId: true);

        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync("first", "E", 1);
        Assert.Equal(1, (await engine.EndAsync("first")).ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.GetAsync(id)).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task Restart_UnknownInstance_Throws(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Counting());

        _ = await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RestartAsync("nobody"));
    }

    private static async Task<OrchestrationMetadata> StartedAsync(ContractEngine engine, string instanceId)
    {
        var options = new StartOrchestrationOptions(instanceId) { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "a" } };
        return await engine.EndAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync("Count", 42, options));
    }

    private static Action<ContractApp> Counting()
    {
        var runs = 0;
        return app => app
            .Activity<int, string>("Run", n => $"run {Interlocked.Increment(ref runs)} of {n}")
            .Orchestrator<int, string>("Count", static (context, n) => context.CallActivityAsync<string>("Run", n));
    }
}
