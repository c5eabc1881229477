using EmbeddedHost.Testing;
using Xunit.Abstractions;

namespace EmbeddedHost.Tests.Testing;

public sealed class CrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CrashMoment.BeforeCommit, false)]
    [InlineData(CrashMoment.AfterCommit, true)]
    public async Task CrashAt_Start_IsOnDiskOnlyAfterTheCommit(CrashMoment moment, bool isThere)
    {
        await using var host = await Shop.OpenAsync();
        host.CrashAt(1, moment);

        _ = await Assert.ThrowsAsync<HostCrashedException>(() => host.BuyAsync("o-1"));
        await host.RestartAsync();

        Assert.Equal(isThere, await host.Client.GetInstanceAsync("o-1") is not null);
        Assert.Equal(1, host.Crashes);
    }

    [Theory]
    [InlineData(CrashMoment.BeforeCommit, "")]
    [InlineData(CrashMoment.AfterCommit, "packed")]
    public async Task CrashAt_WriteOfAnActivity_IsOnDiskOnlyAfterTheCommitAndNobodyHears(CrashMoment moment, string rows)
    {
        await using var host = await Shop.OpenAsync();
        _ = await host.BuyAsync("o-1");
        // After the first turn and the table.
        host.CrashAt(3, moment);

        _ = await Assert.ThrowsAsync<HostCrashedException>(() => host.WaitForCompletionAsync("o-1"));
        await host.RestartAsync();

        Assert.Equal(rows, await host.RowsAsync("o-1"));
        (await host.HistoryAsync("o-1")).ShouldHaveRun(nameof(ShopApp.Pack), times: 0);
    }

    [Fact]
    public async Task HttpClient_HostCrashesMeanwhile_LosesTheConnection()
    {
        await using var host = await Shop.OpenAsync();
        host.CrashAt(1, CrashMoment.AfterCommit);

        var lost = await Assert.ThrowsAsync<HttpRequestException>(
            () => host.HttpClient.PostAsync(new Uri("/api/buy/o-1", UriKind.Relative), content: null));

        Assert.Equal(HttpRequestError.ResponseEnded, lost.HttpRequestError);
        Assert.True(host.HasCrashed);
    }

    [Fact]
    public async Task RestartAsync_TimerArmedBeforeTheCrash_FiresAtItsTime()
    {
        await using var host = await Shop.OpenAsync();
        var id = await host.AskAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        host.Crash();
        await host.RestartAsync();
        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal("late", end.ReadOutputAs<string>());
        Assert.Equal(TimeSpan.FromHours(24), host.Clock.Elapsed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task ExploreAsync_EveryCommitOfAnOrder_EndsAlike(int warm)
    {
        var points = await CrashPoints.ExploreAsync(
            Shop.Options with { WarmOrchestrators = warm },
            static async host =>
            {
                await host.PersistAsync(() => BuyOnceAsync(host));
                var end = await host.PersistAsync(() => host.WaitForCompletionAsync("o-1"));
                return (end.RuntimeStatus, Rows: await host.RowsAsync("o-1"));
            },
            static (point, expected, actual) => Assert.True(expected == actual, $"Crash {point}: expected {expected}, found {actual}."));

        output.WriteLine($"{points} crash points");
        Assert.True(points >= 10, $"{points} crash points");
    }

    private static async Task BuyOnceAsync(DurableTestHost host)
    {
        if (await host.Client.GetInstanceAsync("o-1") is null)
        {
            _ = await host.BuyAsync("o-1");
        }
    }
}
