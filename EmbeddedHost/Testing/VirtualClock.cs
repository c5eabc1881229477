namespace EmbeddedHost.Testing;

/// <summary>
/// The clock of a test host and of the app in it. It stands still by itself; the host moves it while the test waits for
/// something, and only when nothing else can run. A test may set it, as a real one is set: see <see cref="Step"/>.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Restart = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _armed = new(VirtualTimer.ByTime);
    private TimeSpan _passed;
    private TimeSpan _stepped;
    private long _timers;
    private bool _isNew = true;
    private Action<Action> _run = static fire => fire();

    internal VirtualClock(DateTimeOffset start) => Start = start.ToUniversalTime();

    /// <summary>The time at which the clock was made.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The virtual time that has passed. Steps do not count.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _passed;
            }
        }
    }

    /// <summary>How many timers are armed.</summary>
    internal int Armed
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>Counts virtual time in ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Start + _passed + _stepped;
        }
    }

    /// <summary>
    /// Sets the clock, forward or, where <paramref name="by"/> is negative, back: as an administrator, a time server or a
    /// machine that wakes from sleep does. No time passes, and armed timers count on as before.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The clock would show a time that a date cannot have.</exception>
    public void Step(TimeSpan by)
    {
        lock (_gate)
        {
            _ = Start + _passed + _stepped + by;
            _stepped += by;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, Interlocked.Increment(ref _timers), () => callback(state));
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Begins another life: the timers of the one before are gone, and <paramref name="run"/> runs what falls due.</summary>
    internal void Begin(Action<Action> run)
    {
        lock (_gate)
        {
            _armed.Clear();
            _run = run;
            // No process starts in no time: what this life writes is to be later than what the one before wrote.
            _passed += _isNew ? TimeSpan.Zero : Restart;
            _isNew = false;
        }
    }

    /// <summary>Moves to the earliest timer and has it fire; false where none is armed up to <paramref name="limit"/>, as <see cref="Elapsed"/> counts.</summary>
    internal bool TryMoveToNext(TimeSpan limit)
    {
        TimeSpan next;
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.DueAt > limit)
            {
                return false;
            }

            next = timer.DueAt;
        }

        MoveTo(next);
        return true;
    }

    /// <summary>Moves on, and has fire what is due by then.</summary>
    internal void MoveTo(TimeSpan elapsed)
    {
        lock (_gate)
        {
            _passed = elapsed > _passed ? elapsed : _passed;
        }

        FireDue();
    }

    internal void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _ = _armed.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _passed + dueTime;
                _ = _armed.Add(timer);
            }
        }

        FireDue();
    }

    private void FireDue()
    {
        while (TakeDue() is { } timer)
        {
            _run(timer.Fire);
        }
    }

    private VirtualTimer? TakeDue()
    {
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.DueAt > _passed)
            {
                return null;
            }

            _ = _armed.Remove(timer);
            if (timer.Period > TimeSpan.Zero)
            {
                timer.DueAt += timer.Period;
                _ = _armed.Add(timer);
            }

            return timer;
        }
    }
}

/// <summary>A timer of a virtual clock.</summary>
internal sealed class VirtualTimer(VirtualClock clock, long number, Action fire) : ITimer
{
    /// <summary>The earliest first; of those due together, the oldest.</summary>
    public static readonly IComparer<VirtualTimer> ByTime =
        Comparer<VirtualTimer>.Create(static (a, b) => (a.DueAt, a.Number).CompareTo((b.DueAt, b.Number)));

    /// <summary>When it fires, as <see cref="VirtualClock.Elapsed"/> counts.</summary>
    public TimeSpan DueAt { get; set; }

    public TimeSpan Period { get; private set; }

    public Action Fire => fire;

    private long Number => number;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Period = period;
        clock.Arm(this, dueTime);
        return true;
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
