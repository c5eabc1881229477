using EmbeddedHost.Timers;
using EmbeddedHost.Timers.Blobs;
using static EmbeddedHost.Tests.Timers.Blobs.SharedFunctions;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>Timer functions of several hosts on one storage account: each runs on one of them, and goes on at another.</summary>
public sealed class SharedTimerTests : IAsyncLifetime
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private TimerAccount _account = null!;

    public async Task InitializeAsync() => _account = await TimerAccount.OpenAsync();

    public Task DisposeAsync() => _account.DisposeAsync().AsTask();

    [Fact]
    public async Task Hosts_Two_RunEachOccurrenceOnce()
    {
        var first = await _account.StartAsync("a", typeof(Shared));
        var second = await _account.StartAsync("b", typeof(Shared));

        for (var run = 1; run <= 4; run++)
        {
            second.Clock.Advance(FiveMinutes);
            first.Clock.Advance(FiveMinutes);
            await _account.NextIsStoredAsync(nameof(Shared), $"00:{(run + 1) * 5:00}");
        }

        await second.AskAsync();
        Assert.Equal(["00:05 a", "00:10 a", "00:15 a", "00:20 a"], _account.Ticks.Runs);
    }

    [Fact]
    public async Task Hosts_FunctionWithoutStatus_RunItOnOneToo()
    {
        var first = await _account.StartAsync("a", typeof(Often));
        var second = await _account.StartAsync("b", typeof(Often));
        second.Clock.Advance(TimeSpan.FromSeconds(20));
        first.Clock.Advance(TimeSpan.FromSeconds(20));
        _ = await _account.RunsAsync(1);
        await second.LogsAsync("Another host runs the timer function 'Often'.", times: 2);

        await first.StopAsync();
        await second.TakeOverAsync(1);
        second.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(["00:00 a", "00:00 b"], await _account.RunsAsync(2));
    }

    [Fact]
    public async Task Stop_OfTheHostThatRunsIt_LeavesItToTheOtherAtOnce()
    {
        var first = await _account.StartAsync("a", typeof(Shared));
        var second = await _account.StartAsync("b", typeof(Shared));
        first.Clock.Advance(FiveMinutes);
        await _account.NextIsStoredAsync(nameof(Shared), "00:10");

        await first.StopAsync();
        Assert.False(await _account.IsLeasedAsync(nameof(Shared)));
        second.Clock.Advance(FiveMinutes);
        await second.TakeOverAsync(1);
        second.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a", "00:10 b"], await _account.RunsAsync(2));
    }

    [Fact]
    public async Task Stop_WhileItRuns_TheOtherRepeatsTheRunThatWasCutOff()
    {
        var first = await _account.StartAsync("a", typeof(Obedient));
        var second = await _account.StartAsync("b", typeof(Obedient));
        first.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);

        await first.StopAsync();
        second.Clock.Advance(FiveMinutes + TimeSpan.FromSeconds(1));
        second.EndRun();

        Assert.Equal(["00:05 a begins", "00:05 b begins", "00:05 b ends"], await _account.RunsAsync(3));
        Assert.Equal(1, first.Logged("was cut off by the stop"));
    }

    [Fact]
    public async Task Kill_OfTheHostThatRunsIt_TheOtherMakesUpForWhatWasMissed()
    {
        var first = await _account.StartAsync("a", typeof(Shared));
        var second = await _account.StartAsync("b", typeof(Shared));
        first.Clock.Advance(FiveMinutes);
        await _account.NextIsStoredAsync(nameof(Shared), "00:10");

        // Of a dead host neither its clock nor its line moves.
        first.Line.Cut();
        second.Clock.Advance(TimeSpan.FromMinutes(11));
        await second.LogsAsync("Another host runs the timer function 'Shared'.", times: 2);
        await _account.EndLeaseAsync(nameof(Shared));
        await second.TakeOverAsync(1);

        Assert.Equal(["00:05 a", "00:11 b late"], await _account.RunsAsync(2));
        second.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("00:15 b", (await _account.RunsAsync(3))[2]);
    }

    [Fact]
    public async Task Kill_ByDefault_IsFollowedWithinAMinute()
    {
        var times = new BlobLeaseTimes();
        var host = await _account.StartAsync("a", typeof(Shared), times, static options => options.LeasesByItsClock = true);

        host.Clock.Advance(times.Renewal);
        await Engine.HubFixture.UntilAsync(() => host.Line.Leases.Contains("renew"), "the lease is renewed");

        Assert.Equal("acquire 30", host.Line.Leases[0]);
        Assert.True(times.Lease + TimerLeases.AskAgainAfter + times.Call <= TimeSpan.FromMinutes(1));
        Assert.True(times.Renewal + times.Call + times.Retry + times.Call < times.Hold, "A renewal that fails is tried again in time.");
        Assert.True(times.Hold < times.Lease, "A host stops before another one may begin.");
    }

    [Fact]
    public async Task Lease_EndedByForce_IsNotedAndTakenAgain()
    {
        var host = await _account.StartAsync("a", typeof(Shared));

        await _account.EndLeaseAsync(nameof(Shared));
        await host.LogsAsync("This host has lost the lease of the timer function 'Shared'");
        await host.OpensAsync(2);
        host.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a"], await _account.RunsAsync(1));
        Assert.True(await _account.IsLeasedAsync(nameof(Shared)));
    }

    [Fact]
    public async Task Lease_LostWhileItRuns_CutsItOffAndTheOtherRepeatsIt()
    {
        var first = await _account.StartAsync("a", typeof(Obedient), TimerAccount.SoonLost);
        var second = await _account.StartAsync("b", typeof(Obedient));
        first.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);

        first.Line.Cut();
        await first.LogsAsync("was cut off, since another host may run it now");
        await _account.EndLeaseAsync(nameof(Obedient));
        second.Clock.Advance(FiveMinutes + TimeSpan.FromSeconds(1));
        second.EndRun();

        Assert.Equal(["00:05 a begins", "00:05 b begins", "00:05 b ends"], await _account.RunsAsync(3));
    }

    [Fact]
    public async Task Lease_LostWhileItRunsOn_HasNoSecondRunBesideAndLeavesTheOthersStatus()
    {
        var first = await _account.StartAsync("a", typeof(Deaf));
        var second = await _account.StartAsync("b", typeof(Deaf));
        second.EndRun();
        first.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);

        await _account.EndLeaseAsync(nameof(Deaf));
        await first.LogsAsync("This host has lost the lease");
        second.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(["00:05 a begins", "00:11 b begins", "00:11 b ends"], await _account.RunsAsync(3));
        await _account.NextIsStoredAsync(nameof(Deaf), "00:15");
        await second.StopAsync();

        // The lease is free: the first host has it again only when its run is over.
        first.Clock.Advance(FiveMinutes);
        first.EndRun();
        await first.LogsAsync("The status of the timer function 'Deaf' was changed by somebody else");
        Assert.Equal("00:10 a ends", _account.Ticks.Runs[3]);
        await _account.NextIsStoredAsync(nameof(Deaf), "00:15");
        await first.OpensAsync(2);
        first.Clock.Advance(FiveMinutes);
        Assert.Equal("00:15 a begins", (await _account.RunsAsync(5))[4]);
    }

    [Fact]
    public async Task RunByHand_OnAHostWithoutTheLease_RunsThereAndKnowsWhenItRanLast()
    {
        var first = await _account.StartAsync("a", typeof(Told));
        var second = await _account.StartAsync("b", typeof(Told));
        first.Clock.Advance(FiveMinutes);
        await _account.NextIsStoredAsync(nameof(Told), "00:10");

        await second.RunByHandAsync(nameof(Told));
        _ = await _account.RunsAsync(2);
        first.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a 0001 00:00:00", "00:00 b 2030 00:05:00", "00:10 a 2030 00:05:00"], await _account.RunsAsync(3));
    }
}
