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
