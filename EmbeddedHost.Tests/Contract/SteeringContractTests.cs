using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Suspend, resume and terminate.</summary>
public sealed class SteeringContractTests
{
    [Theory, Engines]
    public async Task Suspend_EventsRaised_AreDeliveredInOrderOnResume(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
                await context.WaitForExternalEvent<string>("E") + await context.WaitForExternalEvent<string>("E")));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync(id, "audit");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.RaiseEventAsync(id, "E", "1");
        await engine.Client.RaiseEventAsync(id, "E", "2");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.GetAsync(id)).RuntimeStatus);
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal("12", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Suspend_ActivityUnderWay_ItsResultIsHeldAndItDoesNotRunAgain(EngineKind kind)
    {
        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => SlowCall(app, () => Interlocked.Increment(ref runs), result.Task));

        var id = await engine.StartAsync("Call");
        await ContractEngine.UntilAsync(() => runs == 1, "the activity runs");
        await engine.Client.SuspendInstanceAsync(id);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        result.SetResult(9);
        await engine.Client.RaiseEventAsync(id, "Other");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.GetAsync(id)).RuntimeStatus);
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal(9, (await engine.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Theory, Engines]
    public async Task Suspend_TimerDueMeanwhile_FiresOnResume(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Sleep", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(4), CancellationToken.None);
                return true;
            }));

        var id = await engine.StartAsync("Sleep");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync(id);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        // The timer of one that was started later has fired, and so has this one's.
        _ = await engine.RunAsync("Sleep");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.GetAsync(id)).RuntimeStatus);
        await engine.Client.ResumeInstanceAsync(id);

        Assert.True((await engine.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Theory, Engines]
    public async Task Terminate_ActivityUnderWay_EndsWithTheOutputAndDropsTheResult(EngineKind kind)
    {
        var result = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        await using var engine = await ContractEngine.StartAsync(kind, app => SlowCall(app, () => Interlocked.Increment(ref runs), result.Task));

        var id = await engine.StartAsync("Call");
        await ContractEngine.UntilAsync(() => runs == 1, "the activity runs");
        await engine.Client.TerminateInstanceAsync(id, "enough");
        var ended = await engine.EndAsync(id);
        result.SetResult(1);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task Terminate_Suspended_Ends(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E")));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync(id);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync(id)).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task Terminate_NotRecursive_LeavesTheChildRunning(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Child", static context => context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", static context =>
                context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "c"))));

        var id = await engine.StartAsync("Parent");
        await engine.IsAsync("c", OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync(id);
        _ = await engine.EndAsync(id);
        await engine.Client.RaiseEventAsync("c", "E", 1);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync("c")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.GetAsync(id)).RuntimeStatus);
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "The Framework's stores cannot be asked for it.")]
    public async Task Terminate_Recursive_EndsTheDescendants(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Generations);

        await TerminateGenerationsAsync(engine);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync("c")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync("g")).RuntimeStatus);
        Assert.Equal("enough", (await engine.GetAsync("g")).ReadOutputAs<string>());
    }

    [Theory]
    [Engines(Only = [EngineKind.InMemory, EngineKind.AzureStorage], Because = "The embedded host ends the descendants too.")]
    public async Task Terminate_Recursive_LeavesTheDescendantsRunning(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Generations);

        await TerminateGenerationsAsync(engine);
        await engine.Client.RaiseEventAsync("g", "E", 1);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync("g")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync("c")).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task Terminate_Ended_StaysAsItEnded(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("End", static _ => Task.FromResult(1)));

        var ended = await engine.RunAsync("End");
        await engine.Client.TerminateInstanceAsync(ended.InstanceId, "late");
        await engine.Client.SuspendInstanceAsync(ended.InstanceId, "late");
        _ = await engine.RunAsync("End");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.GetAsync(ended.InstanceId)).RuntimeStatus);
    }

    /// <summary>A parent, its child <c>c</c> and its grandchild <c>g</c>, which waits.</summary>
    private static void Generations(ContractApp app) => app
        .Orchestrator("Grandchild", static context => context.WaitForExternalEvent<int>("E"))
        .Orchestrator("Child", static context =>
            context.CallSubOrchestratorAsync<int>("Grandchild", options: new SubOrchestrationOptions(instanceId: "g")))
        .Orchestrator("Parent", static context =>
            context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "c")));

    private static async Task TerminateGenerationsAsync(ContractEngine engine)
    {
        var id = await engine.StartAsync("Parent");
        await engine.IsAsync("g", OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("enough", Recursive: true));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.EndAsync(id)).RuntimeStatus);
    }

    private static void SlowCall(ContractApp app, Action begins, Task<int> result) => app
        .Activity<int, int>("Slow", _ =>
        {
            begins();
            return result;
        })
        .Orchestrator("Call", static context => context.CallActivityAsync<int>("Slow", 1));
}
