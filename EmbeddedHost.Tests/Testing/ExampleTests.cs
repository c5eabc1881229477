using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

public static class Holiday
{
    [Function(nameof(Request))]
    public static async Task<string> Request([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromMinutes(5)));
        await context.CallActivityAsync(nameof(AskManager), context.InstanceId, retry);
        try
        {
            return await context.WaitForExternalEvent<string>("Answer", TimeSpan.FromDays(7));
        }
        catch (TaskCanceledException)
        {
            return "no answer";
        }
    }

    [Function(nameof(AskManager))]
    public static string AskManager([ActivityTrigger] string request) => $"asked about {request}";
}

public sealed class ExampleTests
{
    // An app with a Program is started as it is: App = typeof(AnyTypeOfTheApp).Assembly.
    private static readonly DurableTestHostOptions Options = new() { FunctionTypes = [typeof(Holiday)] };

    [Fact]
    public async Task Request_NobodyAnswers_EndsAfterAWeekThatTakesNoTime()
    {
        await using var host = await DurableTestHost.StartAsync(Options);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Holiday.Request));

        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal("no answer", end.ReadOutputAs<string>());
        Assert.Equal(TimeSpan.FromDays(7), host.Clock.Elapsed);
    }

    [Fact]
    public async Task Request_AskingFailsOnce_IsAskedAgainFiveMinutesLater()
    {
        var fault = new Fault(nameof(Holiday.AskManager), FaultKind.Throw) { Attempt = 1 };
        await using var host = await DurableTestHost.StartAsync(Options with { Faults = [fault] });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Holiday.Request));

        await host.AdvanceAsync(TimeSpan.FromMinutes(5));
        await host.Client.RaiseEventAsync(id, "Answer", "yes");
        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal("yes", end.ReadOutputAs<string>());
        (await host.HistoryAsync(id))
            .ShouldHaveFailed(nameof(Holiday.AskManager), times: 1)
            .ShouldHaveRun(nameof(Holiday.AskManager), times: 1)
            .ShouldHaveEnded(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Request_CrashedAtEveryCommit_IsAnsweredAlike()
    {
        var crashes = await CrashPoints.ExploreAsync(
            Options,
            static async host =>
            {
                // As a client does that repeats what it got no answer to.
                await host.PersistAsync(async () =>
                {
                    if (await host.Client.GetInstanceAsync("me") is null)
                    {
                        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Holiday.Request), new StartOrchestrationOptions("me"));
                    }
                });
                var end = await host.PersistAsync(() => host.WaitForCompletionAsync("me"));
                return end.ReadOutputAs<string>();
            },
            static (crash, expected, actual) => Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}."));

        Assert.True(crashes > 0);
    }
}
