using System.Globalization;
using EmbeddedHost.Timers;

namespace EmbeddedHost.Tests.Timers;

/// <summary>When a schedule's next time is.</summary>
public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2030-01-01T00:00:00Z", "2030-01-01T00:05:00Z")]
    [InlineData("*/5 * * * *", "2030-01-01T00:04:59Z", "2030-01-01T00:05:00Z")]
    [InlineData("0 30 9 * * Mon-Fri", "2030-01-04T09:30:00Z", "2030-01-07T09:30:00Z")]
    [InlineData("0 0 0 29 2 *", "2030-01-01T00:00:00Z", "2032-02-29T00:00:00Z")]
    [InlineData("00:05:00", "2030-01-01T00:00:01Z", "2030-01-01T00:05:01Z")]
    [InlineData("1.12:00:00", "2030-01-01T00:00:00Z", "2030-01-02T12:00:00Z")]
    public void Next_OfEachForm_IsTheFirstTimeAfter(string text, string after, string next) =>
        Assert.Equal(Time(next), TimerSchedule.Read(text, TimeZoneInfo.Utc).Next(Time(after)));

    // In Los Angeles the hour from 2 is leapt over on 10 March 2030, and that from 1 comes twice on 3 November.
    [Theory]
    [InlineData("30 2 * * *", "2030-03-10T01:59:00-08:00", "2030-03-10T03:30:00-07:00")]
    [InlineData("*/30 * * * *", "2030-03-10T01:30:00-08:00", "2030-03-10T03:00:00-07:00")]
    [InlineData("30 1 * * *", "2030-11-03T00:59:00-07:00", "2030-11-03T01:30:00-07:00")]
    [InlineData("30 1 * * *", "2030-11-03T01:30:00-07:00", "2030-11-04T01:30:00-08:00")]
    [InlineData("30 1 * * *", "2030-11-03T01:10:00-08:00", "2030-11-04T01:30:00-08:00")]
    [InlineData("*/30 * * * *", "2030-11-03T00:30:00-07:00", "2030-11-03T01:00:00-07:00")]
    [InlineData("*/30 * * * *", "2030-11-03T01:30:00-07:00", "2030-11-03T01:00:00-08:00")]
    [InlineData("*/30 * * * *", "2030-11-03T01:00:00-08:00", "2030-11-03T01:30:00-08:00")]
    [InlineData("*/30 * * * *", "2030-11-03T01:30:00-08:00", "2030-11-03T02:00:00-08:00")]
    [InlineData("01:00:00", "2030-11-03T01:30:00-07:00", "2030-11-03T01:30:00-08:00")]
    public void Next_WhereTheClockIsChanged_IsAsOnAzure(string text, string after, string next) =>
        Assert.Equal(Time(next), TimerSchedule.Read(text, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).Next(Time(after)));

    [Theory]
    [InlineData("")]
    [InlineData("every five minutes")]
    [InlineData("0 61 * * * *")]
    [InlineData("0 * * *")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    public void Read_Neither_Throws(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => TimerSchedule.Read(text, TimeZoneInfo.Utc)).Message);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
