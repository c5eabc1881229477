using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The history as readers see it: what was scheduled and its result are one row.</summary>
public sealed class HistoryReportTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ReadHistory_OneOfEach_IsOneRowEach(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        _ = hub.Activity<int, int>("Good", static n => n)
            .Activity<int, int>("Bad", static _ => throw new TimeoutException("slow"))
            .Orchestrator("Child", static context => Task.FromResult(context.GetInput<int>()))
            .Orchestrator("All", static async context =>
            {
                _ = await context.CallActivityAsync<int>("Good", 1);
                _ = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<int>("Bad", 2));
                _ = await context.CallSubOrchestratorAsync<int>("Child", 3);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                context.SendEvent("nobody", "Sent", 4);
                await context.WaitForExternalEvent<int>("Raised");
                return 5;
            });

        var id = await hub.StartAsync("All", 0);
        await HubFixture.UntilAsync(async () => (await RowsAsync(hub, id)).Any(static row => row.EventType == "EventSent"), "it waits");
        await hub.Client.SuspendInstanceAsync(id, "audit");
        await hub.Client.ResumeInstanceAsync(id, "done");
        await hub.Client.RaiseEventAsync(id, "Raised", 6);
        _ = await hub.EndAsync(id);

        var rows = await RowsAsync(hub, id);
        Assert.Equal(
            [
                "ExecutionStarted All 0 ", "TaskCompleted Good 1 1", "TaskFailed Bad 2 ",
                "SubOrchestrationInstanceCompleted Child 3 3", "TimerFired   ", "EventSent Sent 4 ",
                "ExecutionSuspended   ", "ExecutionResumed   ", "EventRaised Raised 6 ", "ExecutionCompleted   5",
            ],
            rows.Select(row => $"{row.EventType} {row.FunctionName ?? row.Name} {hub.Text(row.Input)} {hub.Text(row.Result)}"));
        Assert.Equal("slow", rows[2].Reason);
        Assert.Equal("System.TimeoutException", rows[2].FailureDetails!.ErrorType);
        Assert.Equal(TimeSpan.FromMinutes(1), rows[4].FireAt - rows[4].ScheduledTime);
        Assert.Equal(["audit", "done"], rows.Skip(6).Take(2).Select(static row => row.Reason!));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, rows[^1].OrchestrationStatus);
    }

    [Fact]
    public async Task ReadHistory_WithoutPayloads_HasNoResults()
    {
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Good", static n => n)
            .Orchestrator("One", static context => context.CallActivityAsync<int>("Good", 1));
        var ended = await hub.RunAsync("One");

        var history = await hub.Hub.ReadHistoryAsync(ended.InstanceId, includePayloads: false, CancellationToken.None);

        Assert.All(history!.Events, static row => Assert.Null(row.Result));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ReadHistory_Terminated_SaysSoOnce(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");
        await hub.Client.TerminateInstanceAsync(id, "enough");
        _ = await hub.EndAsync(id);

        Assert.Equal(
            ["ExecutionStarted ", "ExecutionTerminated \"enough\""],
            (await RowsAsync(hub, id)).Select(row => $"{row.EventType} {hub.Text(row.Result)}"));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task ReadHistory_ContinuedAsNew_IsThatOfTheLastExecution(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Good", static n => n)
            .Orchestrator("Twice", static async context =>
            {
                if (await context.CallActivityAsync<int>("Good", context.GetInput<int>()) == 0)
                {
                    context.ContinueAsNew(1);
                }

                return 1;
            });
        var ended = await hub.RunAsync("Twice", 0);

        Assert.Equal(
            ["ContinueAsNew ", "ExecutionStarted 1", "TaskCompleted 1", "ExecutionCompleted "],
            (await RowsAsync(hub, ended.InstanceId)).Select(row => $"{row.EventType} {hub.Text(row.Input)}"));
    }

    [Fact]
    public async Task ReadHistory_UnknownInstance_IsNull()
    {
        await using var hub = new HubFixture();

        Assert.Null(await hub.Hub.ReadHistoryAsync("nobody", includePayloads: true, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<HistoryRow>> RowsAsync(HubFixture hub, string id) =>
        (await hub.Hub.ReadHistoryAsync(id, includePayloads: true, CancellationToken.None))!.Events;
}
