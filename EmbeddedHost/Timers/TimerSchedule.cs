using System.Globalization;
using NCrontab;

namespace EmbeddedHost.Timers;

/// <summary>When a timer function runs.</summary>
internal abstract class TimerSchedule(TimeZoneInfo zone)
{
    private const int FieldsWithoutSeconds = 5;

    // From here on a date could not hold what comes next.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    // The clock's timers count whole milliseconds.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Whose clock it goes by.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>Whether it goes by the hands of the clock, and so by daylight saving time.</summary>
    public abstract bool AdjustsForDaylightSaving { get; }

    /// <summary>The first time after another.</summary>
    public abstract DateTimeOffset Next(DateTimeOffset after);

    /// <summary>Whether there is more than one occurrence in the minute to come.</summary>
    public abstract bool IsWithinMinutes(DateTimeOffset now);

    /// <summary>Reads a crontab expression of five or six fields, or a time span.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="zone">Whose clock a crontab expression goes by.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static TimerSchedule Read(string text, TimeZoneInfo zone)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var hasSeconds = fields.Length != FieldsWithoutSeconds;
            return new CrontabTimes(CrontabSchedule.Parse(text, new() { IncludingSeconds = hasSeconds }), IsInterval(fields, hasSeconds), zone);
        }
        catch (CrontabException e)
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval)
                ? new ConstantInterval(
                    interval >= Shortest && interval <= Longest ? interval : throw new FormatException($"It is not between {Shortest:c} and {Longest:c}.", e), zone)
                : throw new FormatException(e.Message, e);
        }
    }

    // One that names no hour, minute or second in particular: in an hour that comes twice it runs twice.
    private static bool IsInterval(string[] fields, bool hasSeconds) =>
        fields.Take(hasSeconds ? 3 : 2).Any(static field => field.AsSpan().ContainsAny('*', '-', '/'));
}

/// <summary>A schedule by the hands of a zone's clock. What an hour that comes twice, or never, does to it is as on Azure.</summary>
internal sealed class CrontabTimes(CrontabSchedule times, bool isInterval, TimeZoneInfo zone) : TimerSchedule(zone)
{
    public override bool AdjustsForDaylightSaving => true;

    public override DateTimeOffset Next(DateTimeOffset after)
    {
        var from = TimeZoneInfo.ConvertTime(after, Zone);
        var hands = times.GetNextOccurrence(from.DateTime);
        if (hands == DateTime.MaxValue)
        {
            // Never. No zone has a time for that.
            return DateTimeOffset.MaxValue;
        }

        var next = new DateTimeOffset(hands, Zone.GetUtcOffset(hands));
        var comesTwice = Zone.IsAmbiguousTime(hands);
        if (isInterval)
        {
            // The hour is gone through both times.
            return next.Offset != from.Offset && (comesTwice || Zone.IsAmbiguousTime(from.DateTime)) ? At(hands, from.Offset) : At(hands, next.Offset);
        }

        if (!comesTwice || next.Offset != from.Offset)
        {
            // Of two times it is the first, which has the offset from before. One that the clock leaps over comes after the leap.
            return At(hands, comesTwice ? from.Offset : next.Offset);
        }

        // The first of them is over.
        do
        {
            hands = times.GetNextOccurrence(hands);
        }
        while (Zone.IsAmbiguousTime(hands));

        return At(hands, Zone.GetUtcOffset(hands));
    }

    public override bool IsWithinMinutes(DateTimeOffset now)
    {
        var from = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        return times.GetNextOccurrences(from, from.AddMinutes(1)).Skip(1).Any();
    }

    public override string ToString() => $"{times} ({Zone.Id})";

    private DateTimeOffset At(DateTime hands, TimeSpan offset) => TimeZoneInfo.ConvertTime(new DateTimeOffset(hands, offset), Zone);
}

/// <summary>A schedule that counts from one run to the next.</summary>
internal sealed class ConstantInterval(TimeSpan interval, TimeZoneInfo zone) : TimerSchedule(zone)
{
    public override bool AdjustsForDaylightSaving => false;

    public override DateTimeOffset Next(DateTimeOffset after) => after + interval;

    public override bool IsWithinMinutes(DateTimeOffset now) => interval < TimeSpan.FromMinutes(1);

    public override string ToString() => interval.ToString("c", CultureInfo.InvariantCulture);
}
