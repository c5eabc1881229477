namespace EmbeddedHost.Storage;

/// <summary>
/// A unit of writes that is committed whole, together with whatever else waits for the same commit.
/// After the commit it continues: see <see cref="GroupCommitter.Submit"/> for where.
/// </summary>
internal abstract class CommitWork : IThreadPoolWorkItem
{
    /// <summary>Why the work was not committed; null once it is on disk.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>
    /// Writes through the one writing session, inside the open transaction. May run a second time, after a
    /// rollback, when another work of the same batch failed: it must not keep what it learnt in the first run.
    /// </summary>
    public abstract void Write(SqliteSession session);

    /// <summary>
    /// Told on the committing thread that all is written and about to be committed, or else rolled back: readers of the file
    /// may see it before <see cref="OnCommitted"/>. It must not throw.
    /// </summary>
    public virtual void OnCommitting()
    {
    }

    /// <summary>
    /// Told on the committing thread, in the order of the writes, that they are on disk and nobody has heard of it yet.
    /// It must not throw.
    /// </summary>
    public virtual void OnCommitted()
    {
    }

    /// <summary>
    /// Set by a work whose <see cref="Execute"/> does no more than wake a blocked thread: it is then called on the
    /// committing thread, because the pool's threads may all be blocked in such waits.
    /// </summary>
    public bool ContinuesInline { get; protected set; }

    /// <summary>Continues after the commit or its failure (<see cref="Error"/>), on a pool thread (but see <see cref="ContinuesInline"/>).</summary>
    public abstract void Execute();
}
