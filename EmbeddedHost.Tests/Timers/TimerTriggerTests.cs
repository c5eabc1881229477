using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Timers;

/// <summary>Timer functions on virtual time.</summary>
public sealed class TimerTriggerTests
{
    private readonly Ticks _ticks = new();

    [Fact]
    public async Task Advance_PastOccurrences_RunsAtEachOfThem()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        Assert.Empty(_ticks.Runs);

        await host.AdvanceAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(["00:05:00", "00:10:00", "00:15:00"], _ticks.Runs);
    }

    [Fact]
    public async Task Schedule_IsATimeSpan_CountsFromRunToRun()
    {
        await using var host = await _ticks.OpenAsync(typeof(Interval));

        await host.AdvanceAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(["00:07:30", "00:15:00"], _ticks.Runs);
    }

    [Theory]
    [InlineData("Reconcile__Schedule", "0 */8 * * * *")]
    [InlineData("Reconcile:Schedule", "*/8 * * * *")]
    [InlineData("Reconcile:Schedule", "00:08:00")]
    public async Task Schedule_IsASetting_IsReadThere(string key, string value)
    {
        await using var host = await DurableTestHost.StartAsync(
            _ticks.Options(typeof(BySetting)) with { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value } });

        await host.AdvanceAsync(TimeSpan.FromMinutes(17));

        Assert.Equal(["00:08:00", "00:16:00"], _ticks.Runs);
    }

    [Fact]
    public async Task TimeZone_IsSet_ScheduleGoesByItsClock()
    {
        var options = _ticks.Options(typeof(Nightly)) with
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["WEBSITE_TIME_ZONE"] = "Europe/Berlin" },
        };
        await using var host = await DurableTestHost.StartAsync(options);

        await host.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync("night-2030-01-01"))?.RuntimeStatus);
    }

    [Fact]
    public async Task Run_WithTheDurableClient_StartsOrchestrations()
    {
        await using var host = await _ticks.OpenAsync(typeof(Nightly));
        await host.AdvanceAsync(TimeSpan.FromHours(26));

        var end = await host.WaitForCompletionAsync("night-2030-01-01");
        await host.RunUntilAsync(async () => await host.Client.GetInstanceAsync("night-2030-01-02") is not null);

        Assert.Equal("clean at 04:00", end.ReadOutputAs<string>());
        Assert.Equal(TimeSpan.FromHours(27), host.Clock.Elapsed);
    }

    [Fact]
    public async Task Parameter_OfAnyShape_IsWhatTheFunctionsHostTells()
    {
        await using var host = await _ticks.OpenAsync(typeof(Shapes));

        await host.AdvanceAsync(TimeSpan.FromMinutes(123));

        Assert.Equal(
            [
                """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00+00:00","Next":"2030-01-01T01:00:00+00:00","LastUpdated":"2030-01-01T00:00:00+00:00"},"IsPastDue":false}""",
                "2030-01-01T00:01:00.0000000+00:00",
                "as-timer 0001-01-01T00:00:00.0000000Z 2030-01-01T00:02:00.0000000Z",
            ],
            _ticks.Runs.Take(3).OrderBy(static run => run[0] switch { '{' => 0, '2' => 1, _ => 2 }));
        Assert.Contains("as-timer 2030-01-01T00:02:00.0000000Z 2030-01-01T01:02:00.0000000Z", _ticks.Runs);
    }

    [Fact]
    public async Task Occurrences_LessThanAMinuteApart_KeepNoStatus()
    {
        await using var host = await _ticks.OpenAsync(typeof(EachTenSeconds));
        var commits = host.Commits.Count;

        await host.AdvanceAsync(TimeSpan.FromSeconds(25));

        Assert.Equal(["00:00:10", "00:00:20"], _ticks.Runs);
        Assert.Equal(commits, host.Commits.Count);
    }

    [Fact]
    public async Task Run_LongerThanItsInterval_IsFollowedByOneAndNotByAllThatItMissed()
    {
        await using var host = await _ticks.OpenAsync(typeof(Slow));

        await host.AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(["00:05:00 begins", "00:17:00 ends", "00:17:00 begins", "00:29:00 ends", "00:29:00 begins"], _ticks.Runs);
    }

    [Fact]
    public async Task Run_Fails_TheNextComesAsScheduled()
    {
        var log = new List<string>();
        await using var host = await DurableTestHost.StartAsync(_ticks.Options(typeof(Failing)) with { Log = log.Add });

        await host.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(["00:05:00", "00:10:00"], _ticks.Runs);
        Assert.Equal(2, log.Count(static line =>
            line.StartsWith("Error: Function.Failing: Function 'Failing' failed.", StringComparison.Ordinal)
            && line.Contains("the other side is down", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_FailsWithARetryPolicy_IsRepeatedAndThenGivenUp()
    {
        await using var host = await _ticks.OpenAsync(typeof(Retried));

        await host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["00:05:00 0/2", "00:05:10 1/2", "00:05:20 2/2", "00:10:00 0/2"], _ticks.Runs);
    }

    [Fact]
    public async Task Run_FailsWithAGrowingRetry_WaitsLongerUpToTheCap()
    {
        await using var host = await _ticks.OpenAsync(typeof(BackingOff));

        await host.AdvanceAsync(TimeSpan.FromMinutes(70));

        Assert.Equal(["01:00:00", "01:00:10", "01:00:30", "01:01:00", "01:01:45", "01:02:30"], _ticks.Runs);
    }

    [Theory]
    [InlineData("AzureWebJobs.EveryFiveMinutes.Disabled", "true")]
    [InlineData("AzureWebJobs__EveryFiveMinutes__Disabled", "1")]
    public async Task Setting_DisablesTheFunction_ItDoesNotRun(string key, string value)
    {
        await using var host = await DurableTestHost.StartAsync(
            _ticks.Options(typeof(EveryFiveMinutes)) with { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value } });

        await host.AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Empty(_ticks.Runs);
    }

    [Fact]
    public async Task Wait_ForWhatTimersDoNotBring_FailsAndSaysSo()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunUntilAsync(static () => Task.FromResult(false), "a miracle"));

        Assert.Contains("waits for a miracle", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _ticks.Runs.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Seed_SameTwice_RunsFunctionsThatAreDueTogetherInTheSameOrder(int seed)
    {
        var first = await RunAsync();

        Assert.Equal(first, await RunAsync());

        async Task<string> RunAsync()
        {
            var ticks = new Ticks();
            await using var host = await DurableTestHost.StartAsync(ticks.Options(typeof(EveryFiveMinutes), typeof(AtStart), typeof(Shapes), typeof(Nightly)) with { Seed = seed });
            await host.AdvanceAsync(TimeSpan.FromHours(4));
            return string.Join(Environment.NewLine, [.. ticks.Runs, .. host.Commits.Select(static commit => commit.ToString())]);
        }
    }
}
