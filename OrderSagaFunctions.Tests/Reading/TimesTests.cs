using Reading;

namespace OrderSagaFunctions.Tests.Reading;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Pi = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-14T09:26:53Z", 0)]
    [InlineData("2026-03-14T09:26:53+00:00", 0)]
    [InlineData("2026-03-14T10:26:53+01:00", 0)]
    [InlineData("2026-03-14T09:26:53", 0)]
    [InlineData("2026-03-14T09:26:53.1234567Z", 1_234_567)]
    [InlineData("2026-03-14T09:26:53.123456789Z", 1_234_567)]
    [InlineData("2026-03-13T19:26:53.5-14:00", 5_000_000)]
    public void TryTime_Iso8601_IsTheTimeInUtc(string text, long ticks)
    {
        Assert.True(Times.TryTime(text, out var time));
        Assert.Equal(Pi.AddTicks(ticks), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Fact]
    public void TryTime_DateOrMinute_IsItsBeginning()
    {
        Assert.True(Times.TryTime("2026-03-14", out var day));
        Assert.True(Times.TryTime("2026-03-14T09:26Z", out var minute));
        Assert.Equal((Pi.Date, Pi.AddSeconds(-53)), (day.Date, minute));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 2026-03-14T09:26:53Z")]
    [InlineData("2026-03-14T09:26:53Z ")]
    [InlineData("2026-03-14T09:26:53Z\n")]
    [InlineData("2026-03-14T09:26:53 Z")]
    [InlineData("2026-03-14 09:26:53Z")]
    [InlineData("2026-03-14T09:26:53 01:00")]
    [InlineData("2026-03-14T09:26:53.Z")]
    [InlineData("2026-03-14T09:26:53.1234567890Z")]
    [InlineData("2026-03-14Z")]
    [InlineData("2026-3-14")]
    [InlineData("20260314")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-14T24:00:00Z")]
    [InlineData("2026-03-14T09:26:60Z")]
    [InlineData("2026-03-14T09:26:53+15:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("09:26")]
    [InlineData("Sat, 14 Mar 2026 09:26:53 GMT")]
    [InlineData("２０２６-03-14")]
    public void TryTime_AnythingElse_IsRefused(string text) => Assert.False(Times.TryTime(text, out _));

    [Theory]
    [InlineData("00:10:00", 600)]
    [InlineData("0:10:00", 600)]
    [InlineData("1.00:00:00", 86_400)]
    [InlineData("00:00:00.500", 0.5)]
    [InlineData("PT10M", 600)]
    [InlineData("PT0S", 0)]
    [InlineData("P1DT2H3M4.5S", 93_784.5)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("PT90S", 90)]
    public void TryDuration_EitherForm_IsItsLength(string text, double seconds)
    {
        Assert.True(Times.TryDuration(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("00:10")]
    [InlineData("24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("-00:00:01")]
    [InlineData(" 00:10:00")]
    [InlineData("00:10:00 ")]
    [InlineData("00:00:00.12345678")]
    [InlineData("99999999.00:00:00")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("-PT1M")]
    [InlineData("PT1M ")]
    [InlineData("pt1m")]
    [InlineData("PT1.5M")]
    [InlineData("PT0.00000001S")]
    [InlineData("P99999999999999999999D")]
    [InlineData("P10675200D")]
    [InlineData("ten minutes")]
    public void TryDuration_AnythingElse_IsRefused(string text) => Assert.False(Times.TryDuration(text, out _));
}
