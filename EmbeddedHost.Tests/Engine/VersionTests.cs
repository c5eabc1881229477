using DurableTask.Core.Settings;
using EmbeddedHost.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VersionMatch = DurableTask.Core.Settings.VersioningSettings.VersionMatchStrategy;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Versions of instances: given, by default, compared, and carried on.</summary>
public sealed class VersionTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Version_NotGiven_IsTheDefaultOfTheHub(int warm)
    {
        await using var hub = Hub(warm, defaultVersion: "1.0");

        Assert.Equal("1.0 -1 1.0", await RunAsync(hub));
        Assert.Equal(" -1 ", await RunAsync(hub, new StartOrchestrationOptions { Version = TaskVersion.Unversioned }));
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Version_OfASubOrchestration_IsGivenOrTheDefaultAndNotTheParents(int warm)
    {
        await using var hub = Hub(warm, defaultVersion: "1.0");
        _ = hub.Orchestrator("Parent", static async context =>
            await context.CallSubOrchestratorAsync<string>("Versions", new SubOrchestrationOptions { Version = "3.0" })
            + ", " + await context.CallSubOrchestratorAsync<string>("Versions"));

        Assert.Equal("3.0 1 3.0, 1.0 -1 1.0", await RunAsync(hub, new StartOrchestrationOptions { Version = "2.0" }, "Parent"));
    }

    [Theory]
    [InlineData(10_000, null, "2.0")]
    [InlineData(0, null, "2.0")]
    [InlineData(10_000, "3.0", "3.0")]
    [InlineData(0, "3.0", "3.0")]
    public async Task Version_AfterContinueAsNew_IsTheNewOneOrStays(int warm, string? next, string expected)
    {
        await using var hub = Hub(warm, defaultVersion: "1.0");
        _ = hub.Orchestrator("Twice", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 1, NewVersion = next });
                return "";
            }

            return await context.CallActivityAsync<string>("Echo", context.Version);
        });

        Assert.Equal(expected, await RunAsync(hub, new StartOrchestrationOptions { Version = "2.0" }, "Twice"));
    }

    [Theory]
    [InlineData("1.5", VersionMatch.CurrentOrOlder, "1.5", true)]
    [InlineData("1.5", VersionMatch.CurrentOrOlder, "1.10", false)]
    [InlineData("1.5", VersionMatch.CurrentOrOlder, null, true)]
    [InlineData("", VersionMatch.CurrentOrOlder, "1.0", false)]
    [InlineData("", VersionMatch.CurrentOrOlder, null, true)]
    [InlineData("1.5", VersionMatch.Strict, "1.4", false)]
    [InlineData("1.5", VersionMatch.Strict, "1.5", true)]
    [InlineData("1.5", VersionMatch.None, "9", true)]
    public async Task Match_VersionThatDoesNotRunHere_FailsWhereThatIsAskedFor(string own, VersionMatch match, string? asked, bool runs)
    {
        await using var hub = Matching(own, match, VersioningSettings.VersionFailureStrategy.Fail);

        var ended = await hub.EndAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Versions", input: 0, asked is null ? null : new StartOrchestrationOptions { Version = asked }));

        Assert.Equal(runs ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(runs ? null : "VersionMismatch", ended.FailureDetails?.ErrorType);
    }

    [Fact]
    public async Task Match_VersionThatDoesNotRunHere_WaitsForAHostThatRunsIt()
    {
        await using var hub = Matching("1.5", VersionMatch.CurrentOrOlder, VersioningSettings.VersionFailureStrategy.Reject);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions { Version = "2.0" });
        await hub.Client.RaiseEventAsync(id, "E", "kept");
        Assert.Equal("1.5 -1 1.5", await RunAsync(hub));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.GetAsync(id)).RuntimeStatus);

        await hub.CrashAndRestartAsync(new TaskHubOptions());

        Assert.Equal("kept", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    private static HubFixture Matching(string own, VersionMatch match, VersioningSettings.VersionFailureStrategy failure) => Hub(new TaskHubOptions
    {
        DefaultVersion = own.Length == 0 ? null : own,
        Versioning = new VersioningSettings { Version = own, MatchStrategy = match, FailureStrategy = failure },
    });

    private static HubFixture Hub(int warm, string? defaultVersion = null) =>
        Hub(new TaskHubOptions { MaxWarmOrchestrators = warm, DefaultVersion = defaultVersion });

    private static HubFixture Hub(TaskHubOptions options) => new HubFixture(options)
            .Activity<string, string>("Echo", static text => text)
            .Orchestrator("Versions", static async context =>
                $"{context.Version} {context.CompareVersionTo("2.9")} {await context.CallActivityAsync<string>("Echo", context.Version)}");

    private static async Task<string?> RunAsync(HubFixture hub, StartOrchestrationOptions? options = null, string orchestrator = "Versions") =>
        (await hub.EndAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input: 0, options))).ReadOutputAs<string>();
}
