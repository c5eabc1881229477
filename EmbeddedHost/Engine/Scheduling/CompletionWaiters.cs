using System.Collections.Concurrent;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>Who waits for which instance to get somewhere: to start, or to end.</summary>
internal sealed class CompletionWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InstanceRow?>> _waiters = new(StringComparer.Ordinal);
    private volatile bool _isClosed;

    /// <summary>A task that completes when the instance gets there. Ask for it before looking whether it has already.</summary>
    /// <returns>The instance's row, or null: look for yourself. Cancelled where the host stops.</returns>
    public Task<InstanceRow?> Of(string instanceId)
    {
        var arrival = _waiters.GetOrAdd(
            instanceId, static _ => new TaskCompletionSource<InstanceRow?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (_isClosed)
        {
            Close();
        }

        return arrival;
    }

    /// <summary>The instance got there, and that is on disk: here is its row, payloads and all. Null: look for yourself.</summary>
    public void Complete(string instanceId, InstanceRow? row)
    {
        if (_waiters.TryRemove(instanceId, out var waiter))
        {
            _ = waiter.TrySetResult(row);
        }
    }

    /// <summary>The host stops: nobody waits any longer.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var instanceId in _waiters.Keys)
        {
            if (_waiters.TryRemove(instanceId, out var waiter))
            {
                _ = waiter.TrySetException(new OperationCanceledException("The host stops: nothing is waited for any more."));
            }
        }
    }
}
