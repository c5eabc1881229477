using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

public sealed class FaultTests
{
    [Fact]
    public async Task Throw_FirstAttempt_IsRetriedAfterItsInterval()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault("PACK", FaultKind.Throw) { Attempt = 1 });

        var end = await host.WaitForCompletionAsync(await host.BuyAsync("o-1"));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.True(host.Clock.Elapsed >= TimeSpan.FromMinutes(1), host.Clock.Elapsed.ToString());
        (await host.HistoryAsync("o-1")).ShouldHaveFailed(nameof(ShopApp.Pack)).ShouldHaveRun(nameof(ShopApp.Pack));
    }

    [Fact]
    public async Task ActThenFail_EveryAttempt_LeavesItsRowAndFailsTheInstance()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Pack), FaultKind.ActThenFail));

        var end = await host.WaitForCompletionAsync(await host.BuyAsync("o-1"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("packed", await host.RowsAsync("o-1"));
        (await host.HistoryAsync("o-1")).ShouldHaveFailed(nameof(ShopApp.Pack), times: 3).ShouldNotHaveRun(nameof(ShopApp.Ship));
    }

    [Fact]
    public async Task Throw_WithAnErrorOfItsOwn_IsWhatTheOrchestrationSees()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Weigh), FaultKind.Throw) { Error = static () => new TimeoutException("too slow") });

        var end = await host.WaitForCompletionAsync(await host.BuyAsync("o-1"));

        Assert.Contains("too slow", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailThenAct_AfterAnHour_LeavesItsRowWhereItsInstanceHasLongFailed()
    {
        var fault = new Fault(nameof(ShopApp.Pack), FaultKind.FailThenAct) { For = TimeSpan.FromHours(1) };
        await using var host = await Shop.OpenAsync(faults: fault);

        var end = await host.WaitForCompletionAsync(await host.BuyAsync("o-1"));
        var failedAfter = host.Clock.Elapsed;
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.True(failedAfter < TimeSpan.FromHours(1), failedAfter.ToString());
        Assert.Equal("packed", await host.RowsAsync("o-1"));
    }

    [Fact]
    public async Task Hang_ForAnHour_ActsThen()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Ship), FaultKind.Hang) { For = TimeSpan.FromHours(1) });

        _ = await host.WaitForCompletionAsync(await host.BuyAsync("o-1"));

        Assert.True(host.Clock.Elapsed >= TimeSpan.FromHours(1), host.Clock.Elapsed.ToString());
        Assert.Equal("packed shipped", await host.RowsAsync("o-1"));
    }

    [Fact]
    public async Task Hang_ForEver_ARestartRunsItAgain()
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Ship), FaultKind.Hang) { Attempt = 1 });
        var id = await host.BuyAsync("o-1");
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => host.WaitForCompletionAsync(id));

        await host.RestartAsync();
        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
    }

    [Theory]
    [InlineData(FaultKind.Crash, "packed")]
    [InlineData(FaultKind.ActThenCrash, "packed shipped")]
    public async Task Crash_InAnActivity_HasActedOrNot(FaultKind kind, string rows)
    {
        await using var host = await Shop.OpenAsync(faults: new Fault(nameof(ShopApp.Ship), kind) { Attempt = 1 });
        var id = await host.BuyAsync("o-1");

        _ = await Assert.ThrowsAsync<HostCrashedException>(() => host.WaitForCompletionAsync(id));
        await host.RestartAsync();
        var left = await host.RowsAsync("o-1");
        _ = await host.WaitForCompletionAsync(id);

        Assert.Equal(rows, left);
        (await host.HistoryAsync(id)).ShouldHaveRunInOrder(nameof(ShopApp.Pack), nameof(ShopApp.Ship)).ShouldHaveEnded(OrchestrationRuntimeStatus.Completed);
    }
}
