using System.Net;
using System.Text;
using EmbeddedHost.Hosting;
using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Keys;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Timers;

/// <summary>What a start says of timer functions, and how they are run by hand.</summary>
public sealed class TimerStartTests
{
    private readonly Ticks _ticks = new();

    [Fact]
    public async Task Start_PrintsTimerFunctions_AsCoreToolsDoes()
    {
        await using var host = await StartAsync(typeof(EveryFiveMinutes));

        Assert.Contains("EveryFiveMinutes: timerTrigger", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(NoSchedule), "the schedule 'whenever' cannot be read: expected a crontab expression of five or six fields")]
    [InlineData(typeof(Never), "the schedule '0 0 0 30 2 *' cannot be read")]
    [InlineData(typeof(Never), "It has no day on which it would ever run.")]
    [InlineData(typeof(BySetting), "the schedule '%Reconcile:Schedule%' names the setting 'Reconcile:Schedule', which has no value")]
    [InlineData(typeof(NoDelay), "its retry policy cannot be read: expected time spans such as '00:00:10', of")]
    public async Task Start_ScheduleThatCannotBeRead_NamesFunctionSettingAndWhatCame(Type functions, string expected)
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => StartAsync(functions));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains($"Function '{functions.Name}' ({functions.FullName}.Run)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingHoldsNoSchedule_TellsItsValue()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Reconcile__Schedule"] = "often" };

        var error = await Assert.ThrowsAsync<HostStartupException>(
            () => DurableTestHost.StartAsync(_ticks.Options(typeof(BySetting)) with { Settings = settings }));

        Assert.Contains("the schedule '%Reconcile:Schedule%', which is 'often' by the settings, cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ScheduleThatNeverComesWestOfUtc_IsRefused()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["WEBSITE_TIME_ZONE"] = "America/New_York" };

        var error = await Assert.ThrowsAsync<HostStartupException>(
            () => DurableTestHost.StartAsync(_ticks.Options(typeof(Never)) with { Settings = settings }));

        Assert.Contains("It has no day on which it would ever run.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TimeZoneThatIsNone_IsRefused()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["WEBSITE_TIME_ZONE"] = "Mars/Olympus" };

        var error = await Assert.ThrowsAsync<HostStartupException>(
            () => DurableTestHost.StartAsync(_ticks.Options(typeof(EveryFiveMinutes)) with { Settings = settings }));

        Assert.Contains("Setting WEBSITE_TIME_ZONE is 'Mars/Olympus'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ParameterThatATimerDoesNotFill_IsNamed()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => StartAsync(typeof(Extra)));

        Assert.Contains("parameter 'extra': nothing fills a 'String' here. Expected the [TimerTrigger]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostToAdmin_OfATimerFunction_RunsItOnceAndLeavesItsSchedule()
    {
        await using var host = await _ticks.OpenAsync(typeof(EveryFiveMinutes));
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        using var answer = await RunByHandAsync(host, "everyfiveminutes");
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["00:02:00", "00:05:00"], _ticks.Runs);
    }

    [Fact]
    public async Task PostToAdmin_WhileItRuns_RunsItAfterwards()
    {
        await using var host = await _ticks.OpenAsync(typeof(Slow));
        await host.AdvanceAsync(TimeSpan.FromMinutes(7));

        using var answer = await RunByHandAsync(host, nameof(Slow));
        await host.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(["00:05:00 begins", "00:17:00 ends", "00:17:00 begins"], _ticks.Runs);
    }

    [Fact]
    public async Task PostToAdmin_OfADisabledFunction_RunsIt()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AzureWebJobs.EveryFiveMinutes.Disabled"] = "true" };
        await using var host = await DurableTestHost.StartAsync(_ticks.Options(typeof(EveryFiveMinutes)) with { Settings = settings });

        using var answer = await RunByHandAsync(host, nameof(EveryFiveMinutes));
        await host.RunUntilIdleAsync();

        Assert.Equal(["00:00:00"], _ticks.Runs);
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.NotFound, "The app has no function 'nothing'.")]
    [InlineData("Clean", HttpStatusCode.BadRequest, "Function 'Clean' is no timer function (orchestrationTrigger)")]
    public async Task PostToAdmin_OfAnotherFunction_IsAProblem(string name, HttpStatusCode status, string detail)
    {
        await using var host = await _ticks.OpenAsync(typeof(Nightly));

        using var answer = await RunByHandAsync(host, name);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostToAdmin_WhereKeysAreAskedFor_TakesTheMasterKeyAlone()
    {
        await using var host = await KeyedHost.StartAsync();

        foreach (var (set, status) in (IEnumerable<(string?, HttpStatusCode)>)[
            (null, HttpStatusCode.Unauthorized), ("_host", HttpStatusCode.Unauthorized), ("_system", HttpStatusCode.Unauthorized), ("_master", HttpStatusCode.NotFound)])
        {
            using var answer = await host.SendAsync(HttpMethod.Post, "admin/functions/nothing", set is null ? null : host.Secret(set));
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> RunByHandAsync(DurableTestHost host, string function)
    {
        using var body = new StringContent("""{"input":""}""", Encoding.UTF8, "application/json");
        return await host.HttpClient.PostAsync(new Uri($"/admin/functions/{function}", UriKind.Relative), body);
    }

    private Task<RunningHost> StartAsync(Type functions) =>
        RunningHost.StartAsync([functions], builder => builder.Services.AddSingleton(_ticks));

    public static class NoSchedule
    {
        [Function(nameof(NoSchedule))]
        public static void Run([TimerTrigger("whenever")] TimerInfo timer)
        {
        }
    }

    public static class Never
    {
        [Function(nameof(Never))]
        public static void Run([TimerTrigger("0 0 0 30 2 *")] TimerInfo timer)
        {
        }
    }

    public static class NoDelay
    {
        [Function(nameof(NoDelay))]
        [FixedDelayRetry(2, "soon")]
        public static void Run([TimerTrigger("0 0 0 * * *")] TimerInfo timer)
        {
        }
    }

    public static class Extra
    {
        [Function(nameof(Extra))]
        public static void Run([TimerTrigger("0 0 0 * * *")] TimerInfo timer, string extra)
        {
        }
    }
}
