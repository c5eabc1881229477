namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// A timer that goes off at a time of the wall clock, or earlier: after <see cref="LookAfter"/> at most. Timers count the time that
/// passes, and do not notice when the wall clock is set, or when the machine sleeps: whoever is woken looks whether it is time.
/// </summary>
internal sealed class WallClockAlarm(TimeProvider clock, Action ring) : IDisposable
{
    /// <summary>How often the wall clock is looked at while something waits: so late is a timer at most after the clock was set.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(5);

    private readonly ITimer _timer = clock.CreateTimer(
        static ring => ((Action)ring!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Goes off at a time (UTC), and no longer at the one before.</summary>
    public void Set(DateTime due)
    {
        // The clock's timers count whole milliseconds: one early would find nothing due, and ask again at once.
        var wait = Math.Clamp(Math.Ceiling((due - clock.GetUtcNow().UtcDateTime).TotalMilliseconds), 0, LookAfter.TotalMilliseconds);
        _ = _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        if (wait > 0 && due <= clock.GetUtcNow().UtcDateTime)
        {
            // The clock was moved after the look at it: the timer counts from where the clock is now.
            _ = _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Does not go off.</summary>
    public void Unset() => _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
