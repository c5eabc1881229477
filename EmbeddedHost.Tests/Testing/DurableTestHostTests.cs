using System.Net;
using System.Reflection;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Hosting;
using EmbeddedHost.Testing;
using EmbeddedHost.Testing.Simulation;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

public sealed class DurableTestHostTests
{
    [Fact]
    public async Task HttpClient_FunctionThatStartsAnOrchestration_RunsItToItsEnd()
    {
        await using var host = await Shop.OpenAsync();

        using var content = new StringContent("order ");
        using var answer = await host.HttpClient.PostAsync(new Uri("/api/buy/o-1", UriKind.Relative), content);
        var end = await host.WaitForCompletionAsync("o-1");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("order o-1", await answer.Content.ReadAsStringAsync());
        Assert.Equal("shipped", end.ReadOutputAs<string>());
        Assert.Equal("packed shipped", await host.RowsAsync("o-1"));
    }

    [Fact]
    public async Task HttpClient_ManagementApi_AnswersToo()
    {
        await using var host = await Shop.OpenAsync();
        _ = await host.BuyAsync("o-1");

        var status = await host.HttpClient.GetStringAsync(new Uri("/runtime/webhooks/durabletask/instances/o-1", UriKind.Relative));

        Assert.Contains("\"instanceId\":\"o-1\"", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForCompletionAsync_InstanceSleepsADay_TakesNoTimeButVirtualTime()
    {
        await using var host = await Shop.OpenAsync();
        var id = await host.AskAsync();

        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal("late", end.ReadOutputAs<string>());
        Assert.Equal(TimeSpan.FromHours(24), host.Clock.Elapsed);
    }

    [Fact]
    public async Task RunUntilIdleAsync_InstanceWaits_TestActsBeforeTimeMoves()
    {
        await using var host = await Shop.OpenAsync();
        var id = await host.AskAsync();

        await host.RunUntilIdleAsync();
        await host.Client.RaiseEventAsync(id, "Answer", "yes");
        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal("yes", end.ReadOutputAs<string>());
        Assert.Equal(TimeSpan.Zero, host.Clock.Elapsed);
    }

    [Theory]
    [InlineData(23, OrchestrationRuntimeStatus.Running)]
    [InlineData(24, OrchestrationRuntimeStatus.Completed)]
    public async Task AdvanceAsync_PartOfAWait_FiresOnlyWhatIsDue(int hours, OrchestrationRuntimeStatus expected)
    {
        await using var host = await Shop.OpenAsync();
        var id = await host.AskAsync();

        await host.AdvanceAsync(TimeSpan.FromHours(hours));

        Assert.Equal(expected, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
        Assert.Equal(TimeSpan.FromHours(hours), host.Clock.Elapsed);
    }

    [Fact]
    public async Task RunUntilAsync_Condition_StopsWhereItFirstHolds()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Ship), FaultKind.Throw) { Attempt = 1 });
        _ = await host.BuyAsync("o-1");

        await host.RunUntilAsync(async () => (await host.HistoryAsync("o-1")).Activities.Any(static run => run.Outcome == ActivityOutcome.Failed));

        Assert.Equal("packed", await host.RowsAsync("o-1"));
        Assert.Equal(TimeSpan.Zero, host.Clock.Elapsed);
    }

    [Fact]
    public async Task WaitForCompletionAsync_NothingCanHappen_SaysSo()
    {
        await using var host = await Shop.OpenAsync();
        var id = await host.AskAsync();
        await host.Client.SuspendInstanceAsync(id);

        var stuck = await Assert.ThrowsAsync<InvalidOperationException>(() => host.WaitForCompletionAsync(id));

        Assert.Contains($"the end of the instance '{id}'", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForCompletionAsync_ActivityWaitsOutside_TimeStandsStillForIt()
    {
        await using var host = await DurableTestHost.StartAsync(Shop.Options with { OutsideTime = TimeSpan.FromSeconds(30) });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(ShopApp.Outside));

        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.True(host.Clock.Elapsed < TimeSpan.FromSeconds(10), host.Clock.Elapsed.ToString());
    }

    [Fact]
    public async Task StartAsync_AnotherEngine_IsRefusedWithWhatToSet()
    {
        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => DurableTestHost.StartAsync(Shop.Options with
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["EmbeddedHost__Engine"] = "AzureStorage" },
        }));

        Assert.Equal(
            "Setting EmbeddedHost__Engine is AzureStorage, and the test host runs on the embedded engine alone: "
            + "set it to Embedded among the settings of the test.",
            refusal.Message);
    }

    [Fact]
    public void Client_EachMethodOfTheHubsOwn_LetsTheHostRun()
    {
        static IEnumerable<string> Overridden(Type client) => client
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition().DeclaringType != client)
            .Select(static method => method.ToString()!);

        Assert.Empty(Overridden(typeof(HubClient)).Except(Overridden(typeof(PumpedClient))));
    }

    [Fact]
    public async Task StartAsync_NothingToRun_SaysWhatIsMissing()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => DurableTestHost.StartAsync(new DurableTestHostOptions()));

        Assert.Contains("FunctionTypes", error.Message, StringComparison.Ordinal);
    }
}
