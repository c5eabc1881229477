namespace EmbeddedHost.Engine.Replay;

/// <summary>The timers that an orchestrator waits for, in the order they are due.</summary>
internal sealed class PendingTimers
{
    private readonly Dictionary<int, DateTime> _due = [];
    private readonly SortedSet<(DateTime Due, int TaskId)> _order = [];

    /// <summary>How many there are.</summary>
    public int Count => _due.Count;

    /// <summary>When the earliest is due; null where there is none.</summary>
    public DateTime? Earliest => _due.Count == 0 ? null : _order.Min.Due;

    public void Add(int taskId, DateTime due)
    {
        _due.Add(taskId, due);
        _ = _order.Add((due, taskId));
    }

    /// <summary>Forgets a timer; what is none is left alone.</summary>
    public void Remove(int taskId)
    {
        if (_due.Remove(taskId, out var due))
        {
            _ = _order.Remove((due, taskId));
        }
    }

    /// <summary>The timers that are due by <paramref name="now"/>, in the order they became due.</summary>
    public IEnumerable<int> DueBy(DateTime now) =>
        _order.TakeWhile(timer => timer.Due <= now).Select(static timer => timer.TaskId);
}
