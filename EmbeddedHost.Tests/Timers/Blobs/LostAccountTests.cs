using static EmbeddedHost.Tests.Timers.Blobs.SharedFunctions;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>The storage account of timer functions cannot be reached for a time.</summary>
public sealed class LostAccountTests : IAsyncLifetime
{
    private const string CannotBeUsed = "The storage account that timer functions are kept in cannot be used, and is tried again: ";
    private const string CanBeUsed = "The storage account that timer functions are kept in can be used again.";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private TimerAccount _account = null!;

    public async Task InitializeAsync() => _account = await TimerAccount.OpenAsync();

    public Task DisposeAsync() => _account.DisposeAsync().AsTask();

    [Fact]
    public async Task Account_LostForLessThanTheLease_RunsOnAndIsToldOnce()
    {
        var host = await _account.StartAsync("a", typeof(Shared));
        host.Line.Cut();
        await host.LogsAsync(CannotBeUsed + "it cannot be reached (");

        host.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);
        host.Line.Restore();
        await host.LogsAsync(CanBeUsed);
        await _account.NextIsStoredAsync(nameof(Shared), "00:10");
        host.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a", "00:10 a"], await _account.RunsAsync(2));
        Assert.Equal(1, host.Logged(CannotBeUsed));
    }

    [Fact]
    public async Task Account_LostForLonger_GoesOnWithoutRepeatingWhatRan()
    {
        var host = await _account.StartAsync("a", typeof(Shared), TimerAccount.SoonLost);
        host.Line.Cut();
        host.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);
        await host.LogsAsync("This host has lost the lease of the timer function 'Shared'");
        await host.LogsAsync("and runs next at 2030-01-01T00:10:00.0000000+00:00, could not be stored");

        host.Line.Restore();
        await _account.EndLeaseAsync(nameof(Shared));
        await host.TakeOverAsync(2);
        await _account.NextIsStoredAsync(nameof(Shared), "00:10");
        host.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a", "00:10 a"], await _account.RunsAsync(2));
    }

    [Fact]
    public async Task Account_LostForLonger_TheOtherHostRunsInsteadUntilItStops()
    {
        var first = await _account.StartAsync("a", typeof(Shared), TimerAccount.SoonLost);
        var second = await _account.StartAsync("b", typeof(Shared));
        first.Line.Cut();
        await first.LogsAsync("This host has lost the lease of the timer function 'Shared'");

        await _account.EndLeaseAsync(nameof(Shared));
        await second.TakeOverAsync(1);
        first.Line.Restore();
        await first.AskAsync();
        first.Clock.Advance(FiveMinutes);
        second.Clock.Advance(FiveMinutes);
        Assert.Equal(["00:05 b"], await _account.RunsAsync(1));

        await second.StopAsync();
        await first.TakeOverAsync(2);
        first.Clock.Advance(FiveMinutes);
        Assert.Equal("00:10 a", (await _account.RunsAsync(2))[1]);
    }

    [Fact]
    public async Task Account_RunEndsAfterItWasLost_CountsWhereNoOtherHostRan()
    {
        var host = await _account.StartAsync("a", typeof(Deaf));
        host.Clock.Advance(FiveMinutes);
        _ = await _account.RunsAsync(1);
        await _account.EndLeaseAsync(nameof(Deaf));
        await host.LogsAsync("This host has lost the lease");

        host.EndRun();
        await _account.NextIsStoredAsync(nameof(Deaf), "00:10");
        await host.OpensAsync(2);
        host.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a begins", "00:05 a ends", "00:10 a begins"], (await _account.RunsAsync(3)).Take(3));
    }

    [Fact]
    public async Task Start_AccountIsOut_StartsAndRunsOnceItIsBack()
    {
        var host = await _account.StartAsync("a", typeof(Shared), configure: static options => options.Line.Cut());
        Assert.Equal(1, host.Logged(CannotBeUsed));

        host.Line.Restore();
        await host.TakeOverAsync(1);
        host.Clock.Advance(FiveMinutes);

        Assert.Equal(["00:05 a"], await _account.RunsAsync(1));
    }

    [Fact]
    public async Task Start_AccountDoesNotAnswer_IsNotWaitedForLong()
    {
        var times = TimerAccount.LongLease with { Call = TimeSpan.FromMilliseconds(200) };

        var host = await _account.StartAsync("a", typeof(Shared), times, static options => options.Line.Silence());

        Assert.Equal(1, host.Logged(CannotBeUsed + "no answer within 0.2 seconds"));
    }

    [Fact]
    public async Task Stop_AccountDoesNotAnswer_IsNotHeldUp()
    {
        var host = await _account.StartAsync("a", typeof(Shared));
        host.Line.Silence();

        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.True(await _account.IsLeasedAsync(nameof(Shared)));
    }
}
