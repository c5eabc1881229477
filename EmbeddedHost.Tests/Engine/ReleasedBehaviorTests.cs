using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Edge cases in which orchestrators must meet here what they meet on Azure.</summary>
public sealed class ReleasedBehaviorTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CustomStatus_Above16KilobytesOfUtf16_FailsTheInstance(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n).Orchestrator("Talk", static async context =>
        {
            try
            {
                context.SetCustomStatus(new string('x', context.GetInput<int>()));
                return await context.CallActivityAsync<int>("Echo", 1);
            }
            catch (InvalidOperationException)
            {
                return -1;
            }
        });

        var ended = await hub.RunAsync("Talk", 9000);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("custom status", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        // 8,192 characters with the two quotes.
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Talk", 8190)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Talk", 8191)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CustomStatus_ThatCannotBeWritten_FailsTheInstanceAndNoOther(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n).Orchestrator("Talk", static async context =>
        {
            var circle = new List<object>();
            circle.Add(circle);
            context.SetCustomStatus(context.GetInput<bool>() ? circle : "fine");
            return await context.CallActivityAsync<int>("Echo", 1);
        });

        var ended = await hub.RunAsync("Talk", true);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("cycle", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Talk", false)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Event_ThatIsNotOfTheTypeAskedFor_FailsTheInstanceAndNotItsCode(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<int>("E");
            }
            catch (JsonException)
            {
                return -1;
            }
        });
        var id = await hub.StartAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "E", "not a number");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task EventWait_ThatTimesOutInAChild_IsToTheParentWhatTheReleasedPackageMakesOfIt(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock(skipsAhead: true));
        _ = hub.Orchestrator("Child", static context => context.WaitForExternalEvent<int>("E", TimeSpan.FromHours(1)))
            .Orchestrator("Parent", static async context =>
            {
                try
                {
                    _ = await context.CallSubOrchestratorAsync<int>("Child");
                    return "done";
                }
                catch (TaskFailedException e)
                {
                    return $"{e.FailureDetails.ErrorType} {e.FailureDetails.IsCausedBy<TaskCanceledException>()}";
                }
            });

        Assert.Equal("System.AggregateException False", (await hub.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task EventWait_ForAnInfiniteTime_IsCancelledAtOnce(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Wait", static async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("E", Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        });

        Assert.Equal("cancelled", (await hub.RunAsync("Wait")).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Call_OptionsInThePlaceOfTheInput_SaysSo(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n).Orchestrator("Call", static async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Echo", input: new TaskOptions());
            }
            catch (ArgumentException e)
            {
                return e.ParamName!;
            }
        });

        Assert.Equal("input", (await hub.RunAsync("Call")).ReadOutputAs<string>());
    }
}
