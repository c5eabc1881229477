using System.Diagnostics;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Engine.Telemetry;

/// <summary>One trace an orchestration: from the client that starts it to the last thing it does, over crashes too.</summary>
public sealed class TracingTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Orchestration_WithActivities_IsOneTraceBelowItsCaller(int warm)
    {
        await using var hub = new HubFixture(warm);
        using var spans = new Spans();
        _ = hub.Activity("Double", static (int n) => n * 2)
            .Orchestrator("Sum", static async context =>
                await context.CallActivityAsync<int>("Double", 1) + await context.CallActivityAsync<int>("Double", 2));

        var ended = await hub.RunAsync("Sum", instanceId: "s");

        var create = await spans.OneAsync("create_orchestration:Sum");
        var orchestration = await spans.OneAsync("orchestration:Sum");
        var activities = spans.Named("activity:Double");
        Assert.Equal(6, ended.ReadOutputAs<int>());
        Assert.Equal(spans.Caller, create.ParentSpanId);
        Assert.Equal(create.SpanId, orchestration.ParentSpanId);
        Assert.Equal("s", orchestration.GetTagItem("durabletask.task.instance_id"));
        Assert.Equal(2, activities.Count);
        Assert.All(activities, activity => Assert.Equal(orchestration.SpanId, activity.ParentSpanId));
        Assert.Equal([0, 1], activities.Select(static activity => activity.GetTagItem("durabletask.task.task_id")).Order());
    }

    [Fact]
    public async Task Activity_WhileItRuns_IsTheAmbientSpan()
    {
        await using var hub = new HubFixture();
        using var spans = new Spans();
        _ = hub.Activity<string, string>("Ask", static async _ =>
            {
                var before = Activity.Current?.OperationName;
                await Task.Yield();
                return $"{before} {Activity.Current?.OperationName}";
            })
            .Orchestrator("Outer", static async context => await context.CallActivityAsync<string>("Ask", "x"));

        Assert.Equal("activity:Ask activity:Ask", (await hub.RunAsync("Outer")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Failure_OfActivityAndOrchestration_IsAnErrorWithItsType()
    {
        await using var hub = new HubFixture();
        using var spans = new Spans();
        _ = hub.Activity<string, int>("Break", static _ => throw new InvalidDataException("secret detail"))
            .Orchestrator("Broken", static async context => await context.CallActivityAsync<int>("Break", "x"));

        _ = await hub.RunAsync("Broken");

        var orchestration = await spans.OneAsync("orchestration:Broken");
        var activity = await spans.OneAsync("activity:Break");
        Assert.Equal((ActivityStatusCode.Error, typeof(InvalidDataException).FullName), (activity.Status, activity.StatusDescription));
        Assert.Equal((ActivityStatusCode.Error, typeof(TaskFailedException).FullName), (orchestration.Status, orchestration.StatusDescription));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SubOrchestrationTimerAndEvents_AreBelowTheirOrchestration(int warm)
    {
        var clock = new ManualClock(skipsAhead: true);
        await using var hub = new HubFixture(warm, clock);
        using var spans = new Spans();
        _ = hub.Orchestrator("Child", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await context.WaitForExternalEvent<int>("Go");
            })
            .Orchestrator("Parent", static async context =>
            {
                var child = context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: context.GetInput<string>()));
                context.SendEvent(context.GetInput<string>()!, "Go", 7);
                return await child;
            });

        Assert.Equal(7, (await hub.RunAsync("Parent", $"child-{warm}")).ReadOutputAs<int>());

        var parent = await spans.OneAsync("orchestration:Parent");
        var child = await spans.OneAsync("orchestration:Child");
        var timer = await spans.OneAsync("orchestration:Child:timer");
        var sent = await spans.OneAsync("orchestration_event:Go");
        Assert.Equal(parent.SpanId, child.ParentSpanId);
        Assert.Equal(parent.SpanId, sent.ParentSpanId);
        Assert.Equal(child.SpanId, timer.ParentSpanId);
        Assert.Equal("timer", timer.GetTagItem("durabletask.type"));
        Assert.Equal($"child-{warm}", sent.GetTagItem("durabletask.event.target_instance_id"));
    }

    [Fact]
    public async Task Crash_AndRestart_TheTraceGoesOnWhereItWas()
    {
        await using var hub = new HubFixture();
        using var spans = new Spans();
        _ = hub.Activity("After", static (string text) => text)
            .Orchestrator("Long", static async context =>
            {
                context.SetCustomStatus("waits");
                var answer = await context.WaitForExternalEvent<string>("Answer");
                return await context.CallActivityAsync<string>("After", answer);
            });
        var id = await hub.StartAsync("Long");
        await hub.ShowsAsync(id, "waits");

        await hub.CrashAndRestartAsync();
        await hub.Client.RaiseEventAsync(id, "Answer", "yes");
        _ = await hub.EndAsync(id);

        var create = await spans.OneAsync("create_orchestration:Long");
        var orchestration = await spans.OneAsync("orchestration:Long");
        var raise = await spans.OneAsync("orchestration_event:Answer");
        var activity = await spans.OneAsync("activity:After");
        Assert.Equal(create.SpanId, orchestration.ParentSpanId);
        Assert.Equal(orchestration.SpanId, activity.ParentSpanId);
        Assert.Equal(spans.Caller, raise.ParentSpanId);
        Assert.Equal(id, raise.GetTagItem("durabletask.event.target_instance_id"));
    }
}
