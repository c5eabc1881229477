namespace EmbeddedHost.Engine.Scheduling;

/// <content>Other runs of the same id, and the end of this one.</content>
internal sealed partial class OrchestrationInstance
{
    private List<(long Key, Message Message)>? _held;
    private TaskCompletionSource? _change;
    private Exception? _failure;

    /// <summary>Completes when it is not as the caller saw it any more: the start is settled, or the instance has left memory.</summary>
    /// <param name="wasOnDisk">What <see cref="IsOnDisk"/> said.</param>
    /// <exception cref="Exception">What failed, where the instance stays as it is because of that.</exception>
    public Task ChangeAsync(bool wasOnDisk)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            return _gone || _isOnDisk != wasOnDisk
                ? Task.CompletedTask
                : (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>
    /// Keeps a message to another run of the same id until it is known which run goes on: this one's start may be
    /// refused, or its end may just have made way for the other. What is for a run that this one has replaced is dropped.
    /// False: the instance has left memory; look it up again.
    /// </summary>
    /// <remarks>The keys do not tell which run was first: they are given before it is known who gets the id.</remarks>
    public bool TryHold(long key, Message message)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            // How a cold instance stands is known with its first turn here.
            if (!_isOnDisk || (Committed?.IsTerminal ?? key > Key))
            {
                (_held ??= []).Add((key, message));
                return true;
            }
        }

        hub.Drop(key, message);
        return true;
    }

    /// <summary>The start is on disk. Returns the messages to other runs that waited for that.</summary>
    public IReadOnlyList<(long Key, Message Message)> Settle()
    {
        lock (_gate)
        {
            _isOnDisk = true;
            TellChange();
            return TakeHeld();
        }
    }

    /// <summary>Takes an idle instance out of memory; false where it is busy or holds what is not yet on disk.</summary>
    public bool TryEvict()
    {
        lock (_gate)
        {
            if (_gone || _driven || _turns.HasUncommitted || _held is not null)
            {
                return false;
            }

            TellChange();
            return _gone = true;
        }
    }

    /// <summary>Marks the instance as gone and returns the messages that it will not take any more, and those to other runs.</summary>
    public (IReadOnlyList<Message> Orphans, IReadOnlyList<(long Key, Message Message)> Held) Abandon()
    {
        lock (_gate)
        {
            _gone = true;
            TellChange();
            var orphans = _mailbox;
            _mailbox = [];
            return (orphans, TakeHeld());
        }
    }

    private void TellChange()
    {
        _change?.SetResult();
        _change = null;
    }

    private void TellFailure(Exception e)
    {
        lock (_gate)
        {
            _failure = e;
            _change?.SetException(e);
            _change = null;
        }
    }

    private (long Key, Message Message)[] TakeHeld()
    {
        var held = _held;
        _held = null;
        return held?.ToArray() ?? [];
    }
}
