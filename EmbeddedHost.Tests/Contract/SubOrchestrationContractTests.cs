using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Sub-orchestrations: results, failures and ids.</summary>
public sealed class SubOrchestrationContractTests
{
    [Theory, Engines]
    public async Task CallSubOrchestrator_FanOut_KnowItsParentAndAnswer(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int, string>("Child", static (context, n) => Task.FromResult(
                $"{n} of {context.Parent!.InstanceId} ({context.Parent.Name})"))
            .Orchestrator("Parent", static async context =>
                await Task.WhenAll(Enumerable.Range(0, 5).Select(n => context.CallSubOrchestratorAsync<string>("Child", n)))));

        var ended = await engine.RunAsync("Parent", instanceId: "p");

        Assert.Equal(Enumerable.Range(0, 5).Select(static n => $"{n} of p (Parent)"), ended.ReadOutputAs<string[]>()!);
    }

    [Theory, Engines]
    public async Task CallSubOrchestrator_ChildFails_SurfacesWithItsDetails(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int>("Child", static _ => throw new InvalidDataException("child's fault"))
            .Orchestrator("Parent", static async context =>
            {
                var e = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallSubOrchestratorAsync<int>("Child"));
                return $"{e.TaskName} {e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage}";
            }));

        Assert.Equal("Child System.IO.InvalidDataException child's fault", (await engine.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task CallSubOrchestrator_ChildTerminated_Fails(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Child", static context => context.WaitForExternalEvent<string>("E"))
            .Orchestrator("Parent", static async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "c"));
                }
                catch (TaskFailedException)
                {
                    return "failed";
                }
            }));

        var id = await engine.StartAsync("Parent");
        await engine.IsAsync("c", OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync("c", "enough");

        Assert.Equal("failed", (await engine.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.GetAsync("c")).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task CallSubOrchestrator_SameIdAgainAfterItsEnd_RunsEachTime(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int, int>("Child", static (_, n) => Task.FromResult(n * 10))
            .Orchestrator("Parent", static async context =>
            {
                var sum = 0;
                for (var i = 1; i <= 3; i++)
                {
                    sum += await context.CallSubOrchestratorAsync<int>("Child", i, new SubOrchestrationOptions(instanceId: "again"));
                }

                return sum;
            }));

        Assert.Equal(60, (await engine.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task End_ChildNotAwaited_ComesAfterItsEnd(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Child", static context => context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Parent", static context =>
            {
                _ = context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "c"));
                context.SetCustomStatus("left");
                return Task.FromResult("done");
            }));

        var id = await engine.StartAsync("Parent");
        await engine.ShowsAsync(id, "left");
        await engine.IsAsync("c", OrchestrationRuntimeStatus.Running);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.GetAsync(id)).RuntimeStatus);
        await engine.Client.RaiseEventAsync("c", "E", 1);

        Assert.Equal("done", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }
}
