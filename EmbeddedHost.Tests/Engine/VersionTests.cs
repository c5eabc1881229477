using EmbeddedHost.Engine;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Versions of instances: given, by default, compared, and carried on.</summary>
public sealed class VersionTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Version_GivenAtTheStart_IsTheContextsInEachTurn(int warm)
    {
        await using var hub = Hub(warm);

        Assert.Equal("2.10 1 2.10", await RunAsync(hub, new StartOrchestrationOptions { Version = "2.10" }));
    }

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
    public async Task Version_NoneAnywhere_IsEmptyAndOlderThanAny(int warm)
    {
        await using var hub = Hub(warm);

        Assert.Equal(" -1 ", await RunAsync(hub));
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

    private static HubFixture Hub(int warm, string? defaultVersion = null) =>
        new HubFixture(new TaskHubOptions { MaxWarmOrchestrators = warm, DefaultVersion = defaultVersion })
            .Activity<string, string>("Echo", static text => text)
            .Orchestrator("Versions", static async context =>
                $"{context.Version} {context.CompareVersionTo("2.9")} {await context.CallActivityAsync<string>("Echo", context.Version)}");

    private static async Task<string?> RunAsync(HubFixture hub, StartOrchestrationOptions? options = null, string orchestrator = "Versions") =>
        (await hub.EndAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input: 0, options))).ReadOutputAs<string>();
}
