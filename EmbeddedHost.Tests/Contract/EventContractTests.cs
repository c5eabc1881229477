using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>
/// Events from outside and from other instances: who gets them, and in what order. They are raised once the instance runs:
/// on Azure Storage one that overtakes the start is handed over again only some time later.
/// </summary>
public sealed class EventContractTests
{
    [Theory, Engines]
    public async Task WaitForExternalEvent_NameInAnotherCase_GetsTheEvent(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("Approval")));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "aPPROVAL", "yes");

        Assert.Equal("yes", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_TwoWaiters_NewestGetsTheFirstEvent(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                var older = context.WaitForExternalEvent<string>("E");
                var newer = context.WaitForExternalEvent<string>("E");
                context.SetCustomStatus("waits");
                var first = await newer;
                context.SetCustomStatus("half");
                return $"older {await older}, newer {first}";
            }));

        var id = await engine.StartAsync("Wait");
        await engine.ShowsAsync(id, "waits");
        await engine.Client.RaiseEventAsync(id, "E", "1");
        await engine.ShowsAsync(id, "half");
        await engine.Client.RaiseEventAsync(id, "E", "2");

        Assert.Equal("older 2, newer 1", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_RaisedBeforeTheWait_GetsThemInOrder(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                await context.WaitForExternalEvent<object?>("Go");
                return await context.WaitForExternalEvent<string>("E") + await context.WaitForExternalEvent<string>("E");
            }));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "E", "1");
        await engine.Client.RaiseEventAsync(id, "E", "2");
        await engine.Client.RaiseEventAsync(id, "Go");

        Assert.Equal("12", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_RaisedBeforeTheStart_GetsTheEvent(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E")));

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", new StartOrchestrationOptions(StartAt: DateTimeOffset.UtcNow.AddSeconds(1)));
        await engine.Client.RaiseEventAsync(id, "E", "early");

        Assert.Equal("early", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_CancelledWaiter_LeavesTheEventToTheNext(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                using var givesUp = new CancellationTokenSource();
                var cancelled = context.WaitForExternalEvent<string>("E", givesUp.Token);
                // Not CancelAsync: it would go on outside of the turn.
                givesUp.Cancel();
                _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
                context.SetCustomStatus("waits");
                await context.WaitForExternalEvent<object?>("Go");
                return await context.WaitForExternalEvent<string>("E");
            }));

        var id = await engine.StartAsync("Wait");
        await engine.ShowsAsync(id, "waits");
        await engine.Client.RaiseEventAsync(id, "E", "kept");
        await engine.Client.RaiseEventAsync(id, "Go");

        Assert.Equal("kept", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_NewestWaiterCancelled_TheOlderOneGetsTheEvent(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                using var givesUp = new CancellationTokenSource();
                var older = context.WaitForExternalEvent<string>("E");
                var newer = context.WaitForExternalEvent<string>("E", givesUp.Token);
                givesUp.Cancel();
                return $"{await older} {newer.IsCanceled}";
            }));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "E", "kept");

        Assert.Equal("kept True", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_TimesOut_ThrowsAndTheLateEventGoesToTheNextWaiter(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                _ = await Assert.ThrowsAsync<TaskCanceledException>(
                    () => context.WaitForExternalEvent<string>("E", TimeSpan.FromMilliseconds(50)));
                context.SetCustomStatus("late");
                return await context.WaitForExternalEvent<string>("E");
            }));

        var id = await engine.StartAsync("Wait");
        await engine.ShowsAsync(id, "late");
        await engine.Client.RaiseEventAsync(id, "E", "kept");

        Assert.Equal("kept", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_AnotherTypeForTheSameName_Throws(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                _ = context.WaitForExternalEvent<string>("E");
                try
                {
                    return await context.WaitForExternalEvent<int>("E");
                }
                catch (ArgumentException)
                {
                    return -1;
                }
            }));

        Assert.Equal(-1, (await engine.RunAsync("Wait")).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_ComesInTime_ItsTimerKeepsNothingAlive(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E", TimeSpan.FromDays(2))));

        var id = await engine.StartAsync("Wait");
        await engine.IsAsync(id, OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync(id, "E", "in time");

        Assert.Equal("in time", (await engine.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task WaitForExternalEvent_PayloadThatIsNotOfItsType_FailsTheInstance(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Wait", static async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<int>("E");
                }
                catch (Exception)
                {
                    return -1;
                }
            }));

        foreach (var payload in (object?[])["not a number", null])
        {
            var id = await engine.StartAsync("Wait");
            _ = await engine.Client.WaitForInstanceStartAsync(id);
            await engine.Client.RaiseEventAsync(id, "E", payload);

            Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.EndAsync(id)).RuntimeStatus);
        }
    }

    [Theory, Engines]
    public async Task AnEvent_EndedInstance_IsDropped(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("End", static _ => Task.FromResult(1)));

        var ended = await engine.RunAsync("End");
        await engine.Client.RaiseEventAsync(ended.InstanceId, "E");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.GetAsync(ended.InstanceId)).RuntimeStatus);
    }

    [Theory, Engines]
    public async Task SendEvent_TargetWaits_GetsThePayload(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Pong", static async context =>
            {
                var from = await context.WaitForExternalEvent<string>("Ping");
                context.SendEvent(from, "Pong", $"pong to {from}");
                return 1;
            })
            .Orchestrator("Ping", static async context =>
            {
                context.SendEvent("pong", "Ping", context.InstanceId);
                return await context.WaitForExternalEvent<string>("Pong");
            }));

        _ = await engine.StartAsync("Pong", instanceId: "pong");
        _ = await engine.Client.WaitForInstanceStartAsync("pong");

        Assert.Equal("pong to ping", (await engine.RunAsync("Ping", instanceId: "ping")).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task SendEvent_ToItself_GetsIt(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Self", static async context =>
            {
                context.SendEvent(context.InstanceId, "E", 42);
                return await context.WaitForExternalEvent<int>("E");
            }));

        Assert.Equal(42, (await engine.RunAsync("Self")).ReadOutputAs<int>());
    }

    [Theory, Engines]
    public async Task SendEvent_NobodyThere_IsDropped(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Shout", static context =>
            {
                context.SendEvent("nobody", "E", 42);
                return Task.FromResult(1);
            }));

        Assert.Equal(1, (await engine.RunAsync("Shout")).ReadOutputAs<int>());
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
    }
}
