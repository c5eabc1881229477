using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// Waiters and buffered events of one execution. Names match case-insensitively; the newest waiter gets an event
/// first; an event that nobody waits for is kept for the next one who does.
/// </summary>
internal sealed class ExternalEvents(IPayloadSerializer serializer)
{
    private readonly Dictionary<string, List<DurableTaskSource>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<byte[]?>> _buffered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Events received and not consumed, oldest first for each name.</summary>
    public IEnumerable<(string Name, byte[]? Payload)> Unprocessed =>
        _buffered.SelectMany(static pair => pair.Value.Select(payload => (pair.Key, payload)));

    /// <summary>True while somebody waits for an event.</summary>
    public bool HasWaiters => _waiters.Values.Any(static waiters => waiters.Count > 0);

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        var waiter = new DurableTaskSource<T>();
        if (cancellationToken.IsCancellationRequested)
        {
            waiter.SetCanceled(cancellationToken);
        }
        else if (_buffered.TryGetValue(name, out var queue) && queue.TryDequeue(out var payload))
        {
            waiter.SetResult(payload, serializer);
        }
        else
        {
            if (!_waiters.TryGetValue(name, out var waiters))
            {
                _waiters.Add(name, waiters = []);
            }

            waiters.Add(waiter);
            if (cancellationToken.CanBeCanceled)
            {
                // Leaves the list before it completes: a cancelled waiter must not swallow the next event.
                _ = cancellationToken.UnsafeRegister(_ =>
                {
                    _ = waiters.Remove(waiter);
                    waiter.SetCanceled(cancellationToken);
                }, state: null);
            }
        }

        return waiter.Task;
    }

    /// <summary>Gives an event to its newest waiter, or keeps it.</summary>
    public void Raise(string name, byte[]? payload)
    {
        if (_waiters.TryGetValue(name, out var waiters) && waiters.Count > 0)
        {
            var newest = waiters[^1];
            waiters.RemoveAt(waiters.Count - 1);
            newest.SetResult(payload, serializer);
        }
        else
        {
            Keep(name, payload);
        }
    }

    /// <summary>Keeps an event for the next who waits for it.</summary>
    public void Keep(string name, byte[]? payload)
    {
        if (!_buffered.TryGetValue(name, out var queue))
        {
            _buffered.Add(name, queue = new Queue<byte[]?>());
        }

        queue.Enqueue(payload);
    }
}
