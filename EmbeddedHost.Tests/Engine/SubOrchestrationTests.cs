using EmbeddedHost.Engine.Scheduling;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Sub-orchestrations: results, failures, ids, and answers that survive a crash.</summary>
public sealed class SubOrchestrationTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallSubOrchestrator_ChildTerminated_Surfaces(int warm)
    {
        await using var hub = new HubFixture(warm);
        Waiting(hub);

        var id = await hub.StartAsync("Parent", "c");
        await HubFixture.UntilAsync(async () => await hub.Client.GetInstanceAsync("c") is { RuntimeStatus: OrchestrationRuntimeStatus.Running }, "c runs");
        await hub.Client.TerminateInstanceAsync("c");

        Assert.Equal("The sub-orchestration ended Terminated.", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallSubOrchestrator_IdInUse_IsRefusedAndTheOtherGoesOn(int warm)
    {
        await using var hub = new HubFixture(warm);
        Waiting(hub);

        _ = await hub.StartAsync("Child", instanceId: "taken");
        var refused = await hub.RunAsync("Parent", "taken");
        await hub.Client.RaiseEventAsync("taken", "E", "fine");

        Assert.Contains("'taken' exists and has not ended", refused.ReadOutputAs<string>(), StringComparison.Ordinal);
        Assert.Equal("fine", (await hub.EndAsync("taken")).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallSubOrchestrator_InvalidId_ThrowsInTheOrchestrator(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Child", static _ => Task.FromResult(1))
            .Orchestrator("Parent", static context =>
                context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "@a")));

        Assert.Contains("'@a' is not valid", (await hub.RunAsync("Parent")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallSubOrchestrator_ParentPurgedMeanwhile_TheChildStillKnowsIt()
    {
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Orchestrator("Child", static async context =>
            {
                await context.WaitForExternalEvent<int>("E");
                return $"{context.Parent!.InstanceId} ({context.Parent.Name})";
            })
            .Orchestrator("Parent", static context =>
                context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "c")));
        _ = await hub.StartAsync("Parent", instanceId: "p");
        _ = await hub.Client.WaitForInstanceStartAsync("c");
        await hub.Client.TerminateInstanceAsync("p");
        _ = await hub.EndAsync("p");

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("p")).PurgedInstanceCount);
        await hub.Client.RaiseEventAsync("c", "E", 1);

        Assert.Equal("p (Parent)", (await hub.EndAsync("c")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallSubOrchestrator_CrashBeforeTheChildRan_TheChildRuns()
    {
        await using var hub = new HubFixture();
        Waiting(hub);

        var id = await hub.StartAsync("Parent", "c");
        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync("c", "E", "answered");

        Assert.Equal("answered", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallSubOrchestrator_CrashBeforeTheAnswerArrived_TheParentHearsIt()
    {
        await using var hub = new HubFixture();
        Waiting(hub);
        var id = await hub.StartAsync("Parent", "c");
        await HubFixture.UntilAsync(async () => (await hub.Client.GetInstanceAsync("c"))?.RuntimeStatus == OrchestrationRuntimeStatus.Running, "c runs");
        await hub.Client.SuspendInstanceAsync(id);
        await hub.Client.RaiseEventAsync("c", "E", "answered");
        _ = await hub.EndAsync("c");
        await HubFixture.UntilAsync(() => hub.HistoryRows(id) == 3, "the parent took the answer");

        // As if the crash had come after the child's commit and before the parent's.
        await hub.RewriteAsync($"DELETE FROM history WHERE seq = (SELECT max(seq) FROM history WHERE instance = {hub.KeyOf(id)})");
        await hub.CrashAndRestartAsync();
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("answered", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallSubOrchestrator_CrashBeforeTheRefusalArrived_IsRefusedAfterTheRestart()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Child", static context => context.WaitForExternalEvent<string>("E"))
            .Orchestrator("Parent", static async context =>
            {
                var options = new SubOrchestrationOptions(instanceId: "c");
                var first = context.CallSubOrchestratorAsync<string>("Child", options: options);
                var second = context.CallSubOrchestratorAsync<string>("Child", options: options);
                var refused = await Assert.ThrowsAsync<TaskFailedException>(() => second);
                context.SetCustomStatus("refused");
                return $"{await first}, {refused.FailureDetails.ErrorMessage}";
            });
        var id = await hub.StartAsync("Parent");
        await hub.ShowsAsync(id, "refused");

        await hub.RewriteAsync(
            $"DELETE FROM history WHERE seq > (SELECT min(seq) FROM history WHERE instance = {hub.KeyOf(id)}) AND instance = {hub.KeyOf(id)};"
            + $"DELETE FROM custom_status WHERE key = {hub.KeyOf(id)}");
        await hub.CrashAndRestartAsync();
        await hub.ShowsAsync(id, "refused");
        await hub.Client.RaiseEventAsync("c", "E", "answered");

        Assert.StartsWith(
            "answered, An orchestration with the instance id 'c' exists", (await hub.EndAsync(id)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallSubOrchestrator_RunWithALaterKeyStillLeavesMemory_TheChildRuns()
    {
        var scheduler = new HeldScheduler();
        await using var hub = new HubFixture(scheduler: scheduler);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"))
            .Orchestrator("Child", static _ => Task.FromResult("child"));
        var child = hub.Hub.NextKey();
        _ = await hub.StartAsync("Wait", instanceId: "c");
        var before = hub.KeyOf("c");
        // Nobody drives it then.
        await hub.CrashAndRestartAsync();

        // A run under the child's id, which got its key later and has ended earlier, has not let go of the id.
        // The event and the turn that takes it run; what follows the turn's commit waits.
        scheduler.Hold(runs: 2);
        await hub.Client.RaiseEventAsync("c", "E", "before");
        await hub.RewriteAsync(
            $"UPDATE instances SET key = {child}, name = 'Child' WHERE key = {before}; DELETE FROM outcomes; DELETE FROM history;"
            + $"UPDATE status SET key = {child}, state = {(int)OrchestrationRuntimeStatus.Pending} WHERE key = {before}");
        hub.Hub.Deliver("c", child, new Message(Event: null));
        scheduler.Release();

        // In the file: the one before may still answer for the id.
        await HubFixture.UntilAsync(() => hub.Hub.Reader.Find("c", payloads: false)!.IsTerminal, "the child has run");
    }

    private static void Waiting(HubFixture hub) => hub
        .Orchestrator("Child", static context => context.WaitForExternalEvent<string>("E"))
        .Orchestrator("Parent", static async context =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>(
                    "Child", options: new SubOrchestrationOptions(instanceId: context.GetInput<string>()));
            }
            catch (TaskFailedException e)
            {
                return e.FailureDetails.ErrorMessage;
            }
        });
}
