namespace EmbeddedHost.Storage;

/// <summary>What a database has around it.</summary>
internal sealed record DatabaseEnvironment
{
    /// <summary>A host in production: the thread pool, and nothing before the disk.</summary>
    public static readonly DatabaseEnvironment Default = new();

    /// <summary>Runs what goes on after a commit.</summary>
    public IWorkScheduler Scheduler { get; init; } = PoolScheduler.Instance;

    /// <summary>What each commit passes through; null: nothing.</summary>
    public ICommitGate? Gate { get; init; }

    /// <summary>Whether a commit is to survive a power cut: it then costs an fsync.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>How long what was gathered waits where its gatherer does not come to lead, because it blocks.</summary>
    public TimeSpan GatherPatience { get; init; } = TimeSpan.FromMilliseconds(2);
}

/// <summary>Where the host leaves what is to run soon and on no particular thread.</summary>
internal interface IWorkScheduler
{
    /// <summary>Has the work run once.</summary>
    void Queue(IThreadPoolWorkItem work);
}

/// <summary>The thread pool.</summary>
internal sealed class PoolScheduler : IWorkScheduler
{
    public static readonly PoolScheduler Instance = new();

    public void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}

/// <summary>
/// Stands between a process and its disk. Once it is shut, nothing is committed any more, and what was committed last is
/// told to nobody: to the outside that is a crash.
/// </summary>
internal interface ICommitGate
{
    /// <summary>Whether the process is to be taken for dead.</summary>
    bool IsShut { get; }

    /// <summary>Called inside each transaction when all is written; the gate may shut here.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="works">The works in the transaction.</param>
    /// <exception cref="OperationCanceledException">The gate is shut: the transaction is to be rolled back.</exception>
    void Enter(string database, int works);

    /// <summary>Called when the transaction is on disk and nobody knows of it; the gate may shut here.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="works">The works in the transaction.</param>
    void Leave(string database, int works);
}
