namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// The numbers of an instance's actions. The executor counts them from 0 in each execution; on disk they go on over
/// <c>ContinueAsNew</c> and rewinds, so that no late answer is taken for that of another action.
/// </summary>
internal sealed class ActionNumbers
{
    private readonly Dictionary<int, int> _executors = [];
    private int _executorsNext;

    /// <summary>The number on disk that the next action gets.</summary>
    public int Next { get; private set; }

    /// <summary>Actions on disk are numbered from <paramref name="first"/> at least.</summary>
    public void GoOnFrom(int first) => Next = Math.Max(Next, first);

    /// <summary>Notes an action of history; they come in the order in which the code asked for them.</summary>
    public void Note(int onDisk)
    {
        if (onDisk != _executorsNext)
        {
            _executors[onDisk] = _executorsNext;
        }

        _executorsNext++;
        GoOnFrom(onDisk + 1);
    }

    /// <summary>The number on disk of the executor's newest action.</summary>
    public int Give()
    {
        var onDisk = Next;
        Note(onDisk);
        return onDisk;
    }

    /// <summary>The executor's number of an action; -1, which is no action's, stays.</summary>
    public int OfExecutor(int onDisk) => _executors.GetValueOrDefault(onDisk, onDisk);
}
