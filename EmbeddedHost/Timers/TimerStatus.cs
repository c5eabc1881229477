using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbeddedHost.Timers;

/// <summary>Where a timer function stands.</summary>
/// <param name="Last">When it ran last; the default is never.</param>
/// <param name="Next">When it runs next.</param>
/// <param name="LastUpdated">From when on <paramref name="Next"/> was looked for.</param>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    /// <summary>That of a function that has never run by its schedule.</summary>
    public static TimerStatus New(TimerSchedule schedule, DateTimeOffset now) => new(Last: default, schedule.Next(now), now);

    /// <summary>That after a run.</summary>
    public static TimerStatus After(TimerSchedule schedule, DateTimeOffset run) => new(run, schedule.Next(run), run);

    /// <summary>
    /// That which an earlier process has left, by today's schedule: one that has changed is not to make up for what it would have
    /// missed.
    /// </summary>
    public TimerStatus By(TimerSchedule schedule, DateTimeOffset now)
    {
        var basis = Last == default ? LastUpdated : Last;
        var next = schedule.Next(basis);
        return next == Next ? this
            : next < now ? New(schedule, now)
            : new TimerStatus(Last: default, next, basis);
    }

    /// <summary>The same times, as a zone's clock shows them.</summary>
    public TimerStatus In(TimeZoneInfo zone) =>
        new(TimeZoneInfo.ConvertTime(Last, zone), TimeZoneInfo.ConvertTime(Next, zone), TimeZoneInfo.ConvertTime(LastUpdated, zone));

    /// <summary>
    /// That by a clock which was set back by more than an interval: by the old one, the function would not run until the clock shows
    /// again what it has shown. By less, and what ran a moment ago would run once more.
    /// </summary>
    public TimerStatus AfterStepBack(TimerSchedule schedule, DateTimeOffset now) =>
        now < LastUpdated - (Next - LastUpdated) ? this with { Next = schedule.Next(now), LastUpdated = now } : this;
}

/// <summary>What a timer function is told, as the Functions host tells it.</summary>
internal sealed record TimerInfoJson(TimerInfoJson.ScheduleJson Schedule, TimerStatus? ScheduleStatus, bool IsPastDue)
{
    /// <summary>The JSON.</summary>
    /// <param name="schedule">The function's schedule.</param>
    /// <param name="status">Its status before the run; null: it keeps none.</param>
    /// <param name="isPastDue">Whether it should have run before.</param>
    public static string Write(TimerSchedule schedule, TimerStatus? status, bool isPastDue) => JsonSerializer.Serialize(
        new TimerInfoJson(new ScheduleJson(schedule.AdjustsForDaylightSaving), status?.In(schedule.Zone), isPastDue), TimerJson.Default.TimerInfoJson);

    /// <summary>What it is told of its schedule.</summary>
    internal sealed record ScheduleJson([property: JsonPropertyName("AdjustForDST")] bool AdjustForDst);
}

/// <summary>The JSON of <see cref="TimerInfoJson"/>.</summary>
[JsonSerializable(typeof(TimerInfoJson))]
internal sealed partial class TimerJson : JsonSerializerContext;
