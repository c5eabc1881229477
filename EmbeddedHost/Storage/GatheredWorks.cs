namespace EmbeddedHost.Storage;

/// <summary>
/// The works that a thread submits between <see cref="Begin"/> and <see cref="Commit"/>: they share one commit. So
/// code that starts several writes and awaits them all pays for one fsync, even where nobody else writes.
/// </summary>
internal sealed class GatheredWorks
{
    [ThreadStatic]
    private static GatheredWorks? Current;

    private readonly List<CommitWork> _works = [];
    private GroupCommitter? _committer;
    private bool _isOpen;

    /// <summary>Begins to gather on this thread. Null where it gathers already: what is nested is the outer one's.</summary>
    public static GatheredWorks? Begin()
    {
        var gathered = Current ??= new GatheredWorks();
        if (gathered._isOpen)
        {
            return null;
        }

        gathered._isOpen = true;
        return gathered;
    }

    /// <summary>Submits a work, or keeps it for <see cref="Commit"/>. True as of <see cref="GroupCommitter.Submit"/>.</summary>
    public static bool Submit(GroupCommitter committer, CommitWork work)
    {
        if (Current is not { _isOpen: true } gathered || (gathered._committer ??= committer) != committer)
        {
            return committer.Submit(work);
        }

        if (committer.Gather(work))
        {
            return true;
        }

        gathered._works.Add(work);
        return false;
    }

    /// <summary>
    /// Commits what was gathered, lets it go on here, and does the same with what that gathers, until nothing is left.
    /// </summary>
    public void Commit()
    {
        while (_works.Count > 0)
        {
            CommitWork[] works = [.. _works];
            _works.Clear();
            var done = _committer!.Lead(works);
            foreach (var work in works.AsSpan(0, done))
            {
                work.Execute();
            }
        }

        _committer = null;
        _isOpen = false;
    }
}
