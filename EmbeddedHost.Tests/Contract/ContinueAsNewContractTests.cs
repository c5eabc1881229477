using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Eternal orchestrations: each execution has its own history, one instance has them all.</summary>
public sealed class ContinueAsNewContractTests
{
    [Theory, Engines]
    public async Task ContinueAsNew_UntilDone_RunsEachExecutionOnItsInput(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Next", static n => n + 1)
            .Orchestrator<int, int>("Count", static async (context, n) =>
            {
                var next = await context.CallActivityAsync<int>("Next", n);
                if (next < 5)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            }));

        Assert.Equal(5, (await engine.RunAsync("Count", 0)).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public Task ContinueAsNew_BufferedEvents_AreKept(EngineKind kind) => BufferedAsync(kind, preserve: true, "kept");

    [Theory, Engines]
    public Task ContinueAsNew_BufferedEventsNotPreserved_AreDropped(EngineKind kind) => BufferedAsync(kind, preserve: false, "fresh");

    [Theory, Engines]
    public async Task ContinueAsNew_EventForAWaiterLeftBehind_IsKept(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int, string>("Leave", static async (context, n) =>
            {
                if (n == 1)
                {
                    return await context.WaitForExternalEvent<string>("E");
                }

                var leftBehind = context.WaitForExternalEvent<string>("E");
                await context.WaitForExternalEvent<object?>("Go");
                context.ContinueAsNew(1);
                return "";
            }));

        // Both are held back, so that one turn takes them in.
        var id = await engine.StartAsync("Leave", 0);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.SuspendInstanceAsync(id);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Suspended);
        await engine.Client.RaiseEventAsync(id, "Go");
        await engine.Client.RaiseEventAsync(id, "E", "kept");
        await engine.Client.ResumeInstanceAsync(id);

        Assert.Equal("kept", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task ContinueAsNew_Version_IsTheNewOneOrStays(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<string, string>("Twice", static (context, next) =>
            {
                if (next.Length > 0)
                {
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = "", NewVersion = next == "same" ? null : next });
                }

                return Task.FromResult(context.Version);
            }));
        var options = new StartOrchestrationOptions { Version = "2.0" };

        var same = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Twice", "same", options);
        var next = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Twice", "3.0", options);

        Assert.Equal("2.0", (await engine.EndAsync(same)).ReadOutputAs<string>());
        Assert.Equal("3.0", (await engine.EndAsync(next)).ReadOutputAs<string>());
    }

    [Theory]
    [Engines(Only = [EngineKind.Embedded, EngineKind.EmbeddedCold], Because = "In the Framework it goes with the execution that set it.")]
    public async Task ContinueAsNew_CustomStatus_StaysUntilSetAgain(EngineKind kind) =>
        Assert.Equal("first", (await TwiceAsync(kind)).ReadCustomStatusAs<string>());

    [Theory]
    [Engines(Only = [EngineKind.InMemory, EngineKind.AzureStorage], Because = "In the embedded host it stays.")]
    public async Task ContinueAsNew_CustomStatus_GoesWithTheNextTurn(EngineKind kind) =>
        Assert.Null((await TwiceAsync(kind)).ReadCustomStatusAs<string>());

    /// <summary>Sets a custom status in its first execution only.</summary>
    private static async Task<OrchestrationMetadata> TwiceAsync(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator<int, int>("Twice", static async (context, n) =>
            {
                if (n == 0)
                {
                    context.SetCustomStatus("first");
                    context.ContinueAsNew(1);
                    return 0;
                }

                return await context.WaitForExternalEvent<int>("E");
            }));

        var id = await engine.StartAsync("Twice", 0);
        await engine.ShowsAsync(id, "first");
        await engine.Client.RaiseEventAsync(id, "E", 1);
        return await engine.EndAsync(id);
    }

    private static async Task BufferedAsync(EngineKind kind, bool preserve, string expected)
    {
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Orchestrator<int, string>("Twice", async (context, n) =>
            {
                if (n == 1)
                {
                    context.SetCustomStatus("second");
                    return await context.WaitForExternalEvent<string>("E");
                }

                await context.WaitForExternalEvent<object?>("Go");
                context.ContinueAsNew(1, preserve);
                return "";
            }));

        var id = await engine.StartAsync("Twice", 0);
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "E", "kept");
        await engine.Client.RaiseEventAsync(id, "Go");
        await engine.ShowsAsync(id, "second");
        if (!preserve)
        {
            await engine.Client.RaiseEventAsync(id, "E", "fresh");
        }

        var ended = await engine.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(expected, ended.ReadOutputAs<string>());
    }
}
