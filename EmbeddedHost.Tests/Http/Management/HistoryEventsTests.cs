using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The <c>historyEvents</c> of GET <c>instances/{id}?showHistory=true</c>.</summary>
public sealed class HistoryEventsTests
{
    [Fact]
    public async Task History_OneEventOfEachKind_HasTheNamesAndFieldsOfTheContract()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)]);
        await RunAsync(host);

        Assert.Equal(
            [
                "ExecutionStarted FunctionName Input",
                "TaskCompleted ScheduledTime FunctionName Input Result",
                "TaskFailed ScheduledTime FunctionName Input Reason Details FailureDetails",
                "SubOrchestrationInstanceCompleted ScheduledTime FunctionName Input Result",
                "SubOrchestrationInstanceFailed ScheduledTime FunctionName Input Reason Details FailureDetails",
                "TimerFired ScheduledTime FireAt",
                "EventSent Name Input",
                "TimerCreated FireAt",
                "EventRaised Name Input",
                "SubOrchestrationInstanceCompleted ScheduledTime FunctionName Input Result",
                "ExecutionCompleted Result OrchestrationStatus",
            ],
            (await HistoryAsync(host, "showHistoryOutput=true")).Select(Shape));
    }

    [Fact]
    public async Task History_Values_AreTheEventsOwn()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)]);
        await RunAsync(host);

        var rows = await HistoryAsync(host, "showHistoryOutput=true");

        Assert.Equal("all", rows[0].GetProperty("FunctionName").GetString());
        Assert.Equal("good", rows[1].GetProperty("FunctionName").GetString());
        Assert.Equal(1, rows[1].GetProperty("Input").GetInt32());
        Assert.Equal(2, rows[1].GetProperty("Result").GetInt32());
        Assert.Equal("slow", rows[2].GetProperty("Reason").GetString());
        Assert.Equal("System.TimeoutException", rows[2].GetProperty("FailureDetails").GetProperty("ErrorType").GetString());
        Assert.Equal("go", rows[8].GetProperty("Name").GetString());
        Assert.Equal("Completed", rows[10].GetProperty("OrchestrationStatus").GetString());
    }

    [Fact]
    public async Task History_ChildUnderWay_IsCreated()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)]);
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("all", 0, new StartOrchestrationOptions("one"));
        await host.UntilItWaitsAsync("one");

        Assert.Contains("SubOrchestrationInstanceCreated FunctionName Input", (await HistoryAsync(host, "")).Select(Shape));
    }

    [Fact]
    public async Task History_WithoutShowHistoryOutput_HasNoResult()
    {
        await using var host = await RunningHost.StartAsync([typeof(Functions)]);
        await RunAsync(host);

        Assert.DoesNotContain(await HistoryAsync(host, "showHistoryOutput=false"), row => row.TryGetProperty("Result", out _));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed, "ExecutionFailed")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "ExecutionTerminated")]
    public async Task History_OfAnEnd_NamesIt(OrchestrationRuntimeStatus status, string expected)
    {
        await using var host = await ManagedHost.StartAsync();
        await host.StartEndedAsync("one", status);

        Assert.Equal(expected, (await HistoryAsync(host, ""))[^1].GetProperty("EventType").GetString());
    }

    [Fact]
    public async Task History_SuspendedAndResumed_ShowsBothWithTheirReasons()
    {
        await using var host = await ManagedHost.StartAsync();
        await host.StartWaiterAsync("one");
        await host.Client.SuspendInstanceAsync("one", "lunch");
        await host.Client.ResumeInstanceAsync("one", "back");
        await host.Client.RaiseEventAsync("one", "go", 1);
        _ = await host.Client.WaitForInstanceCompletionAsync("one");

        var rows = (await HistoryAsync(host, "")).Where(row => row.TryGetProperty("Reason", out _));

        Assert.Equal(
            ["ExecutionSuspended lunch", "ExecutionResumed back"],
            rows.Select(row => $"{row.GetProperty("EventType").GetString()} {row.GetProperty("Reason").GetString()}"));
    }

    private static async Task RunAsync(RunningHost host)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("all", 0, new StartOrchestrationOptions("one"));
        await host.UntilItWaitsAsync("one");
        await host.Client.RaiseEventAsync("one", "go", 1);
        await host.Client.RaiseEventAsync("patient", "end", 2);
        _ = await host.Client.WaitForInstanceCompletionAsync("one");
    }

    private static async Task<JsonElement[]> HistoryAsync(RunningHost host, string query) =>
    [
        .. (await host.Http.GetFromJsonAsync<JsonElement>(Address($"{Instances}/one?showHistory=true&{query}")))
            .GetProperty("historyEvents").EnumerateArray(),
    ];

    private static string Shape(JsonElement row)
    {
        Assert.Equal(TimeSpan.Zero, row.GetProperty("Timestamp").GetDateTimeOffset().Offset);
        return string.Join(' ', row.EnumerateObject()
            .Where(property => property.Name != "Timestamp")
            .Select(property => property.Name == "EventType" ? property.Value.GetString() : property.Name));
    }

    public static class Functions
    {
        [Function("all")]
        public static async Task<int> All([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            _ = await context.CallActivityAsync<int>("good", 1);
            _ = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<int>("bad", 2));
            _ = await context.CallSubOrchestratorAsync<int>("child", 3);
            _ = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallSubOrchestratorAsync<int>("bad-child", 4));
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            context.SendEvent("nobody", "sent", 5);
            var patient = context.CallSubOrchestratorAsync<int>("patient-child", 6, new SubOrchestrationOptions(instanceId: "patient"));
            using var cancellation = new CancellationTokenSource();
            _ = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            context.SetCustomStatus("waiting");
            _ = await context.WaitForExternalEvent<int>("go");
            cancellation.Cancel();
            return await patient;
        }

        [Function("good")]
        public static int Good([ActivityTrigger] int value) => value + 1;

        [Function("bad")]
        public static int Bad([ActivityTrigger] int value) => throw new TimeoutException("slow");

        [Function("child")]
        public static int Child([OrchestrationTrigger] int input) => input;

        [Function("patient-child")]
        public static Task<int> Patient([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<int>("end");

        [Function("bad-child")]
        public static int BadChild([OrchestrationTrigger] int input) => throw new TimeoutException("late");
    }
}
