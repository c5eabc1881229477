namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// When which instance is to be woken, by the wall clock. One alarm is set, for the earliest.
/// </summary>
internal sealed class WakeQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (string Id, DateTime Due)> _waiting = [];
    private readonly PriorityQueue<long, DateTime> _queue = new();
    private readonly TimeProvider _clock;
    private readonly Action<string, long> _wake;
    private readonly WallClockAlarm _alarm;
    private DateTime? _armed;

    /// <param name="clock">The clock that tells when something is due.</param>
    /// <param name="wake">Called on a pool thread for each instance that is due; it may find nothing to do.</param>
    public WakeQueue(TimeProvider clock, Action<string, long> wake)
    {
        _clock = clock;
        _wake = wake;
        _alarm = new WallClockAlarm(clock, Fire);
    }

    /// <summary>Entries held, those included that were disarmed and are not dropped yet.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Wakes the instance at <paramref name="due"/> (UTC), or soon after, and not at the time armed before.</summary>
    public void Arm(string id, long key, DateTime due)
    {
        lock (_gate)
        {
            _waiting[key] = (id, due);
            _queue.Enqueue(key, due);
            DropLeftovers();
            if (_armed is null || due < _armed)
            {
                Schedule(due);
            }
        }
    }

    /// <summary>The instance need not be woken.</summary>
    public void Disarm(long key)
    {
        lock (_gate)
        {
            _ = _waiting.Remove(key);
            DropLeftovers();
        }
    }

    public void Dispose() => _alarm.Dispose();

    /// <summary>A queue gives up its first entry only: the disarmed ones are dropped once they outnumber the others.</summary>
    private void DropLeftovers()
    {
        const int Few = 64;
        if (_queue.Count > Few + (2 * _waiting.Count))
        {
            _queue.Clear();
            _queue.EnqueueRange(_waiting.Select(static entry => (entry.Key, entry.Value.Due)));
        }
    }

    private void Fire()
    {
        var due = new List<(string Id, long Key)>();
        lock (_gate)
        {
            _armed = null;
            var now = _clock.GetUtcNow().UtcDateTime;
            while (_queue.TryPeek(out var key, out var at))
            {
                // Nothing is armed for one that was disarmed: nobody would need the looks until then.
                var isWaiting = _waiting.TryGetValue(key, out var instance) && instance.Due == at;
                if (isWaiting && at > now)
                {
                    Schedule(at);
                    break;
                }

                _ = _queue.Dequeue();
                if (isWaiting)
                {
                    _ = _waiting.Remove(key);
                    due.Add((instance.Id, key));
                }
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
        _alarm.Set(due);
    }
}
