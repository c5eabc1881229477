using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Timers;

/// <summary>Whether and when a run that failed is repeated: what <c>[FixedDelayRetry]</c> or <c>[ExponentialBackoffRetry]</c> says.</summary>
/// <param name="MaxRetries">How often at most; -1: until it succeeds.</param>
/// <param name="First">How long the first wait is.</param>
/// <param name="Longest">How long a wait is at most.</param>
internal sealed record TimerRetry(int MaxRetries, TimeSpan First, TimeSpan Longest)
{
    private const int Endless = -1;

    // The clock's timers wait for no longer than some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    // Twice as long each time: from here on any wait is the longest.
    private const int MostDoublings = 40;

    private static readonly TimerRetry None = new(0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Reads a function's attributes.</summary>
    /// <exception cref="FormatException">A wait is no time span.</exception>
    public static TimerRetry Of(MethodInfo function)
    {
        try
        {
            return Read(function);
        }
        catch (ArgumentException e)
        {
            // The attributes look at most of what they are given.
            throw new FormatException($"its retry policy cannot be read: expected time spans such as '00:00:10', of 49 days at most. {e.Message}", e);
        }
    }

    /// <summary>Whether there is another attempt after so many repeated ones.</summary>
    public bool GoesOn(int retries) => MaxRetries == Endless || retries < MaxRetries;

    /// <summary>How long to wait after so many repeated attempts: as on Azure, without the part that chance has in it there.</summary>
    public TimeSpan Wait(int retries)
    {
        var factor = retries == 0 ? 1 : 1 + Math.Pow(2, Math.Min(retries - 1, MostDoublings));
        return First >= Longest || First * factor >= Longest ? Longest : First * factor;
    }

    /// <summary>An attempt as its invocation sees it.</summary>
    public RetryContext Attempt(int retries) => new Attempts(retries, MaxRetries);

    private static TimerRetry Read(MethodInfo function)
    {
        if (function.GetCustomAttribute<FixedDelayRetryAttribute>() is { } same)
        {
            var delay = Time(same.DelayInterval);
            return new TimerRetry(same.MaxRetryCount, delay, delay);
        }

        return function.GetCustomAttribute<ExponentialBackoffRetryAttribute>() is { } growing
            ? new TimerRetry(growing.MaxRetryCount, Time(growing.MinimumInterval), Time(growing.MaximumInterval))
            : None;
    }

    private static TimeSpan Time(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time <= LongestWait
            ? time
            : throw new ArgumentException($"Found '{text}'.", nameof(text));

    private sealed class Attempts(int retries, int max) : RetryContext
    {
        public override int RetryCount => retries;

        public override int MaxRetryCount => max;
    }
}
