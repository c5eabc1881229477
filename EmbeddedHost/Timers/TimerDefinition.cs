using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Timers;

/// <summary>A timer function, with what its trigger and the settings say.</summary>
/// <param name="Function">The function.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="RunOnStartup">Whether it also runs at each start.</param>
/// <param name="UseMonitor">Whether its status is kept on disk.</param>
/// <param name="Retry">Whether and when a run that failed is repeated.</param>
internal sealed record TimerDefinition(
    HostedFunction Function, TimerSchedule Schedule, bool RunOnStartup, bool UseMonitor, TimerRetry Retry)
{
    private const string ZoneKey = "WEBSITE_TIME_ZONE";

    /// <summary>Whether a setting keeps it from running by itself.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The app's timer functions.</summary>
    /// <exception cref="HostStartupException">A schedule, a retry policy or the time zone cannot be read.</exception>
    public static IReadOnlyList<TimerDefinition> Read(IReadOnlyList<HostedFunction> functions, IConfiguration configuration, TimeProvider time)
    {
        var timers = functions.Where(static function => function.Descriptor.Kind == TriggerKind.Timer).ToList();
        if (timers.Count == 0)
        {
            return [];
        }

        var zone = Zone(configuration);
        var errors = new List<string>();
        var read = new List<TimerDefinition>();
        foreach (var function in timers)
        {
            try
            {
                read.Add(Read(function, configuration, zone, time.GetUtcNow()));
            }
            catch (FormatException e)
            {
                errors.Add($"Function '{function.Descriptor.FunctionName}' ({function.Descriptor.EntryPoint}): {e.Message}");
            }
        }

        FunctionErrors.ThrowIfAny(errors);
        return read;
    }

    private static TimerDefinition Read(HostedFunction function, IConfiguration configuration, TimeZoneInfo zone, DateTimeOffset now)
    {
        var trigger = TimerTrigger.Of(function.Descriptor.Trigger);
        var schedule = ScheduleOf(trigger.Schedule, configuration, zone, now);
        return new TimerDefinition(
            function, schedule, trigger.RunOnStartup, trigger.UseMonitor && !schedule.IsWithinMinutes(now), TimerRetry.Of(function.Descriptor.Method))
        {
            IsDisabled = DisabledFunctions.Has(configuration, function.Descriptor.FunctionName),
        };
    }

    private static TimerSchedule ScheduleOf(string written, IConfiguration configuration, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (SettingReferences.FindMissing(written, configuration) is { } missing)
        {
            throw new FormatException($"the schedule '{written}' names the setting '{missing}', which has no value. Set it, or write the schedule there.");
        }

        var text = SettingReferences.Resolve(written, configuration);
        var found = text == written ? $"'{written}'" : $"'{written}', which is '{text}' by the settings,";
        try
        {
            var schedule = TimerSchedule.Read(text, zone);
            return schedule.Next(now).Year < DateTimeOffset.MaxValue.Year ? schedule : throw new FormatException("It has no day on which it would ever run.");
        }
        catch (FormatException e)
        {
            throw new FormatException(
                $"the schedule {found} cannot be read: expected a crontab expression of five or six fields, such as '0 */5 * * * *', or a time span "
                + $"such as '00:05:00'. {e.Message}", e);
        }
    }

    private static TimeZoneInfo Zone(IConfiguration configuration)
    {
        if (configuration[ZoneKey] is not { Length: > 0 } id)
        {
            return TimeZoneInfo.Utc;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new HostStartupException(
                $"Setting {ZoneKey} is '{id}', which this machine does not know: expected a time zone such as 'Europe/Berlin'. {e.Message}", e);
        }
    }
}
