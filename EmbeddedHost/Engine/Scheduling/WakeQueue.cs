namespace EmbeddedHost.Engine.Scheduling;

/// <summary>When which instance is to be woken. One timer of the clock is armed for the earliest; nothing polls.</summary>
internal sealed class WakeQueue : IDisposable
{
    // Longer waits than a timer can take are looked at again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<(string Id, long Key), DateTime> _queue = new();
    private readonly TimeProvider _clock;
    private readonly Action<string, long> _wake;
    private readonly ITimer _timer;
    private DateTime? _armed;

    /// <param name="clock">The clock that tells when something is due.</param>
    /// <param name="wake">Called on a pool thread for each instance that is due; it may find nothing to do.</param>
    public WakeQueue(TimeProvider clock, Action<string, long> wake)
    {
        _clock = clock;
        _wake = wake;
        _timer = clock.CreateTimer(static self => ((WakeQueue)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes the instance at <paramref name="due"/> (UTC), or soon after.</summary>
    public void Arm(string id, long key, DateTime due)
    {
        lock (_gate)
        {
            _queue.Enqueue((id, key), due);
            if (_armed is null || due < _armed)
            {
                Schedule(due);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        var due = new List<(string Id, long Key)>();
        lock (_gate)
        {
            _armed = null;
            var now = _clock.GetUtcNow().UtcDateTime;
            while (_queue.TryPeek(out var instance, out var at))
            {
                if (at > now)
                {
                    Schedule(at);
                    break;
                }

                _ = _queue.Dequeue();
                due.Add(instance);
            }
        }

        foreach (var (id, key) in due)
        {
            _wake(id, key);
        }
    }

    private void Schedule(DateTime due)
    {
        _armed = due;
        var wait = due - _clock.GetUtcNow().UtcDateTime;
        // The clock's timers count whole milliseconds: one early would find nothing due, and ask again at once.
        var milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, Longest.TotalMilliseconds);
        _ = _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
