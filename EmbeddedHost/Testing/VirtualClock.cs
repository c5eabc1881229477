namespace EmbeddedHost.Testing;

/// <summary>
/// The clock of a test host and of the app in it. It stands still by itself; the host moves it while the test waits for
/// something, and only when nothing else can run.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Restart = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _armed = new(VirtualTimer.ByTime);
    private DateTimeOffset _now;
    private long _timers;
    private bool _isNew = true;
    private Action<Action> _run = static fire => fire();

    internal VirtualClock(DateTimeOffset start) => _now = Start = start.ToUniversalTime();

    /// <summary>The time at which the clock was made.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The virtual time that has passed.</summary>
    public TimeSpan Elapsed => GetUtcNow() - Start;

    /// <summary>Counts virtual time in ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
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
            _now += _isNew ? TimeSpan.Zero : Restart;
            _isNew = false;
        }
    }

    /// <summary>Moves to the earliest timer and has it fire; false where none is armed up to <paramref name="limit"/>.</summary>
    internal bool TryMoveToNext(DateTimeOffset limit)
    {
        DateTimeOffset next;
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
    internal void MoveTo(DateTimeOffset time)
    {
        lock (_gate)
        {
            _now = time > _now ? time : _now;
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
                timer.DueAt = _now + dueTime;
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
            if (_armed.Min is not { } timer || timer.DueAt > _now)
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

    public DateTimeOffset DueAt { get; set; }

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
