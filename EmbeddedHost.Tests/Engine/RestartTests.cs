using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Restart: the same orchestrator again, with what the instance was started with.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_000, false)]
    [InlineData(0, true)]
    [InlineData(0, false)]
    public async Task Restart_Ended_StartsWithTheSameInputVersionAndTags(int warm, bool newId)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Echo", static context => Task.FromResult($"{context.GetInput<int>()} {context.Version}"));
        var options = new StartOrchestrationOptions("first")
        {
            Version = "1.2",
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "a" },
        };
        _ = await hub.EndAsync(await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", 42, options));

        var id = await hub.Client.RestartAsync("first", restartWithNewInstanceId: newId);
        var again = await hub.EndAsync(id);

        Assert.Equal(newId, id != "first");
        Assert.Equal("Echo", again.Name);
        Assert.Equal("42 1.2", again.ReadOutputAs<string>());
        Assert.Equal("a", again.Tags["team"]);
        Assert.Equal(newId ? 2 : 1, (await ListTests.IdsAsync(hub, new OrchestrationQuery())).Count);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Restart_Running_IsRefusedUnderItsIdAndStartsUnderAnother(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        _ = await hub.StartAsync("Wait", instanceId: "first");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RestartAsync("first"));
        var id = await hub.Client.RestartAsync("first", restartWithNewInstanceId: true);

        Assert.Contains("'first' exists and has not ended", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.WaitForInstanceStartAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Restart_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        Assert.Contains("'nobody'", (await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("nobody"))).Message, StringComparison.Ordinal);
    }
}
