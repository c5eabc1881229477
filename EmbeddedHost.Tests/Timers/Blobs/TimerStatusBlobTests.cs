using EmbeddedHost.Timers;
using EmbeddedHost.Timers.Blobs;
using Newtonsoft.Json;
using static EmbeddedHost.Tests.Timers.Blobs.SharedFunctions;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>The blobs are those of the Functions host: a function goes on where that one has left it, and the other way round.</summary>
public sealed class TimerStatusBlobTests : IAsyncLifetime
{
    private TimerAccount _account = null!;

    public async Task InitializeAsync() => _account = await TimerAccount.OpenAsync();

    public Task DisposeAsync() => _account.DisposeAsync().AsTask();

    [Fact]
    public async Task Start_StatusOfTheFunctionsHost_GoesOnFromThere()
    {
        await _account.StoreAsync(
            nameof(Told), """{"Last":"2030-01-01T01:05:00.0012345+01:00","Next":"2030-01-01T01:10:00+01:00","LastUpdated":"2030-01-01T01:05:00.0012345+01:00"}""");

        _ = await _account.StartAsync("a", typeof(Told), configure: static options => options.StartsAfter = TimeSpan.FromMinutes(12));

        Assert.Equal(["00:12 a 2030 00:05:00"], await _account.RunsAsync(1));
    }

    [Fact]
    public async Task Run_ItsStatus_IsReadByTheFunctionsHost()
    {
        var host = await _account.StartAsync("a", typeof(Shared));
        var before = Read(await _account.StatusAsync(nameof(Shared)));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await _account.NextIsStoredAsync(nameof(Shared), "00:10");
        var after = Read(await _account.StatusAsync(nameof(Shared)));

        Assert.Equal((default, Time(5), Time(0)), before);
        Assert.Equal((Time(5), Time(10), Time(5)), after);

        static DateTime Time(int minute) => new(2030, 1, 1, 0, minute, 0, DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"Last":"yesterday","Next":"2030-01-01T00:10:00Z","LastUpdated":"2030-01-01T00:05:00Z"}""")]
    public async Task Start_BlobHoldsNoStatus_TellsItAndBeginsAnew(string stored)
    {
        await _account.StoreAsync(nameof(Shared), stored);

        var host = await _account.StartAsync("a", typeof(Shared));

        Assert.Equal(1, host.Logged($"azure-webjobs-hosts/timers/{_account.HostId}/Host.Functions.Shared/status holds no status of a timer function"));
        await _account.NextIsStoredAsync(nameof(Shared), "00:05");
    }

    [Fact]
    public async Task Status_ChangedByHandMeanwhile_IsGoneOnFrom()
    {
        var host = await _account.StartAsync("a", typeof(Told));
        await _account.StoreAsync(
            nameof(Told), """{"Last":"2029-12-31T23:50:00Z","Next":"2029-12-31T23:55:00Z","LastUpdated":"2029-12-31T23:50:00Z"}""");

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.LogsAsync("The status of the timer function 'Told' was changed by somebody else");
        await host.OpensAsync(2);

        Assert.Equal(["00:05 a 0001 00:00:00", "00:05 a 2029 23:50:00"], await _account.RunsAsync(2));
    }

    [Theory]
    [InlineData("""{"Last":"0001-01-01T00:00:00","Next":"2030-01-01T00:05:00Z","LastUpdated":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"Last":"0001-01-01T02:00:00+02:00","Next":"2030-01-01T02:05:00+02:00","LastUpdated":"2030-01-01T02:00:00+02:00"}""")]
    [InlineData("""{"Last":"0001-01-01T00:00:00-05:00","Next":"2029-12-31T19:05:00-05:00","LastUpdated":"2029-12-31T19:00:00-05:00"}""")]
    [InlineData("""{"Next":"2030-01-01T00:05:00Z","LastUpdated":"2030-01-01T00:00:00Z"}""")]
    public void Read_NeverRun_InAnyZone_IsThat(string stored)
    {
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(new TimerStatus(Last: default, start.AddMinutes(5), start), StatusJson.Read(BinaryData.FromString(stored)));
    }

    // The Functions host's own shape of it, and the package that it reads it with.
    private static (DateTime Last, DateTime Next, DateTime LastUpdated) Read(string stored)
    {
        var read = JsonConvert.DeserializeObject<ScheduleStatus>(stored)!;
        return (read.Last.ToUniversalTime(), read.Next.ToUniversalTime(), read.LastUpdated.ToUniversalTime());
    }

    private sealed record ScheduleStatus(DateTime Last, DateTime Next, DateTime LastUpdated);
}
