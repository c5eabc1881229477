namespace EmbeddedHost.Tests.Engine;

/// <summary>
/// A clock that stands still until it is moved. One that skips ahead moves by itself to whatever a timer waits for, so
/// that nothing waits.
/// </summary>
internal sealed class ManualClock(bool skipsAhead = false) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private DateTimeOffset _now = Start;

    /// <summary>Whether it moves by itself to whatever a timer waits for.</summary>
    public bool SkipsAhead => skipsAhead;

    /// <summary>How many timers wait for their time.</summary>
    public int Armed
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>Whether a timer was set for so long, just now.</summary>
    public bool IsArmedFor(TimeSpan time)
    {
        lock (_gate)
        {
            return _armed.Exists(timer => timer.DueAt == _now + time);
        }
    }

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Elapsed => GetUtcNow() - Start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, back where <paramref name="by"/> is negative, and fires what is due.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
            FireDue();
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        // As the real one: about 49 days are all that a timer can wait at once.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1);
        lock (_gate)
        {
            _ = _armed.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _now + dueTime;
                _armed.Add(timer);
                _now = skipsAhead && timer.DueAt > _now ? timer.DueAt : _now;
            }

            FireDue();
        }
    }

    private void FireDue()
    {
        foreach (var timer in _armed.Where(timer => timer.DueAt <= _now).OrderBy(static timer => timer.DueAt).ToArray())
        {
            _ = _armed.Remove(timer);
            _ = ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), timer, preferLocal: false);
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
