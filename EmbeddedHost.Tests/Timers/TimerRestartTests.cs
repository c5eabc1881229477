using EmbeddedHost.Storage.Hub;
using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Tests.Timers;

/// <summary>What a timer function makes up for after a restart, and after its clock was set.</summary>
public sealed class TimerRestartTests
{
    private readonly Ticks _ticks = new();

    [Fact]
    public async Task Restart_AfterMissedOccurrences_RunsOnceAtOnceAndIsPastDue()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));
        host.Crash();

        host.Clock.Step(TimeSpan.FromMinutes(16));
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(["00:05:00", "00:22:00 late", "00:25:00"], _ticks.Runs);
    }

    [Fact]
    public async Task Restart_BeforeTheFirstOccurrence_MissesIt()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        host.Crash();

        host.Clock.Step(TimeSpan.FromMinutes(7));
        await host.RestartAsync();
        await host.RunUntilIdleAsync();

        Assert.Equal(["00:07:00 late"], _ticks.Runs);
    }

    [Fact]
    public async Task Restart_NothingMissed_RunsAsScheduled()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes), typeof(Interval));
        await host.AdvanceAsync(TimeSpan.FromMinutes(9));

        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(7));

        Assert.Equal(["00:05:00", "00:07:30", "00:10:00", "00:15:00", "00:15:00"], _ticks.Runs);
    }

    [Fact]
    public async Task Restart_ScheduleHasChanged_MissesNothing()
    {
        var options = _ticks.Options(typeof(BySetting));
        using var folder = new TempFolder();
        await using (var host = await DurableTestHost.StartAsync(With("0 */5 * * * *")))
        {
            await host.AdvanceAsync(TimeSpan.FromMinutes(6));
        }

        await using (var host = await DurableTestHost.StartAsync(With("0 */20 * * * *") with { Start = options.Start.AddMinutes(32) }))
        {
            await host.AdvanceAsync(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(["00:05:00", "00:40:00", "01:00:00"], _ticks.Runs);

        DurableTestHostOptions With(string schedule) => options with
        {
            Folder = folder.Path,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Reconcile__Schedule"] = schedule },
        };
    }

    [Fact]
    public async Task Restart_RunOnStartup_RunsAtEachStartAndOnceWherePastDue()
    {
        await using var host = await _ticks.OpenAsync(typeof(AtStart));
        await host.AdvanceAsync(TimeSpan.FromMinutes(30));
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(31));
        host.Crash();

        host.Clock.Step(TimeSpan.FromHours(1));
        await host.RestartAsync();
        await host.RunUntilIdleAsync();

        Assert.Equal(["00:00:00", "00:30:00", "01:00:00", "02:01:00 late"], _ticks.Runs);
    }

    [Fact]
    public async Task Restart_NotMonitored_MissesNothing()
    {
        await using var host = await _ticks.OpenAsync(typeof(NotMonitored));
        await host.AdvanceAsync(TimeSpan.FromMinutes(61));
        host.Crash();

        host.Clock.Step(TimeSpan.FromHours(5));
        await host.RestartAsync();
        await host.RunUntilIdleAsync();

        Assert.Equal(["01:00:00 no status"], _ticks.Runs);
    }

    [Fact]
    public async Task Crash_InTheMiddleOfARun_ItRunsAgain()
    {
        await using var host = await _ticks.OpenAsync(typeof(Slow));
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        host.Crash();
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(13));

        Assert.Equal(["00:05:00 begins", "00:06:00 begins", "00:18:00 ends", "00:18:00 begins"], _ticks.Runs);
    }

    [Fact]
    public async Task Step_ForwardPastOccurrences_RunsOnceWithinSeconds()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        host.Clock.Step(TimeSpan.FromHours(3));
        await host.AdvanceAsync(TimeSpan.FromSeconds(10));
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));

        Assert.Equal("00:05:00", _ticks.Runs[0]);
        Assert.StartsWith("03:06:0", _ticks.Runs[1], StringComparison.Ordinal);
        Assert.Equal("03:10:00", _ticks.Runs[2]);
        Assert.Equal(3, _ticks.Runs.Count);
    }

    [Fact]
    public async Task Step_BackByMoreThanAnInterval_GoesOnFromThere()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromHours(4));
        var before = _ticks.Runs.Count;

        host.Clock.Step(-TimeSpan.FromHours(3));
        await host.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(["01:05:00", "01:10:00"], _ticks.Runs.Skip(before));
    }

    [Fact]
    public async Task Step_BackByLess_RunsNothingTwice()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));

        host.Clock.Step(-TimeSpan.FromSeconds(30));
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["00:05:00", "00:10:00", "00:15:00"], _ticks.Runs);
    }

    [Fact]
    public async Task Step_BackWhileTheHostIsDown_GoesOnFromThere()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromHours(4));
        var before = _ticks.Runs.Count;
        host.Crash();

        host.Clock.Step(-TimeSpan.FromHours(3));
        await host.RestartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(["01:05:00", "01:10:00"], _ticks.Runs.Skip(before));
    }

    [Fact]
    public async Task Restart_FileFromBeforeThereWereTimers_KeepsTheirStatusFromThenOn()
    {
        using var folder = new TempFolder();
        var options = _ticks.Options(typeof(EveryFiveMinutes)) with { Folder = folder.Path };
        await using (await DurableTestHost.StartAsync(options))
        {
        }

        await using (var hub = new SqliteConnection($"Data Source={folder.File("hub.db")};Pooling=False"))
        {
            await hub.OpenAsync();
            await using var drop = hub.CreateCommand();
            drop.CommandText = $"DROP TABLE timers; DROP TABLE entities; PRAGMA user_version = {HubSchema.Version - 1}";
            _ = await drop.ExecuteNonQueryAsync();
        }

        await using var host = await DurableTestHost.StartAsync(options with { Start = options.Start.AddHours(1) });
        await host.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["01:05:00"], _ticks.Runs);
    }

    [Fact]
    public async Task Crash_AtEveryCommit_NoOccurrenceIsLostAndOnlyWhatIsNotOnDiskComesTwice()
    {
        var options = _ticks.Options(typeof(EveryFiveMinutes), typeof(Nightly)) with { Start = new DateTimeOffset(2030, 1, 1, 2, 48, 0, TimeSpan.Zero) };
        var crashes = await CrashPoints.ExploreAsync(
            options,
            async host =>
            {
                var before = _ticks.Runs.Count;
                await AdvanceToAsync(host, TimeSpan.FromMinutes(16));
                var end = await host.PersistAsync(() => host.WaitForCompletionAsync("night-2030-01-01"));
                await AdvanceToAsync(host, TimeSpan.FromMinutes(74));
                var runs = _ticks.Runs.Skip(before).Select(static run => run.Split(' ')[0]).ToList();
                return (end.RuntimeStatus, Occurrences: string.Join(' ', runs.Distinct(StringComparer.Ordinal)), runs.Count);
            },
            static (point, expected, actual) =>
            {
                Assert.Equal((expected.RuntimeStatus, expected.Occurrences), (actual.RuntimeStatus, actual.Occurrences));
                Assert.True(actual.Count - expected.Count is 0 or 1, $"Crash {point}: {actual.Count} runs instead of {expected.Count}.");
            });

        Assert.True(crashes > 30, $"{crashes} crashes");
    }

    // Each restart takes some time of its own.
    private static Task AdvanceToAsync(DurableTestHost host, TimeSpan elapsed) => host.PersistAsync(
        () => host.AdvanceAsync(elapsed > host.Clock.Elapsed ? elapsed - host.Clock.Elapsed : TimeSpan.Zero));
}
