using EmbeddedHost.Storage;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>The way to disk of one simulated process: counts its commits, and ends the process at the one it is told to.</summary>
/// <param name="onCrash">Called once, on the thread that commits.</param>
internal sealed class CrashGate(Action<HostCrashedException> onCrash) : ICommitGate
{
    private readonly Lock _gate = new();
    private readonly List<TestCommit> _commits = [];
    private CrashPoint? _crash;
    private bool _isShut;

    public bool IsShut => Volatile.Read(ref _isShut);

    /// <summary>The commits so far.</summary>
    public IReadOnlyList<TestCommit> Commits
    {
        get
        {
            lock (_gate)
            {
                return [.. _commits];
            }
        }
    }

    /// <summary>Ends the process at a commit, counted from the next one.</summary>
    public void CrashAt(int commit, CrashMoment moment)
    {
        lock (_gate)
        {
            _crash = new CrashPoint(_commits.Count + commit, moment);
        }
    }

    public void Enter(string database, int works)
    {
        lock (_gate)
        {
            CrashIfDue(_commits.Count + 1, CrashMoment.BeforeCommit, database);
            if (_isShut)
            {
                throw new OperationCanceledException("The process has crashed.");
            }
        }
    }

    public void Leave(string database, int works)
    {
        lock (_gate)
        {
            _commits.Add(new TestCommit(Path.GetFileName(database), works));
            CrashIfDue(_commits.Count, CrashMoment.AfterCommit, database);
        }
    }

    /// <summary>Ends the process here and now.</summary>
    public void Crash(string where)
    {
        if (!Interlocked.Exchange(ref _isShut, true))
        {
            onCrash(new HostCrashedException(where));
        }
    }

    /// <summary>Ends the process without a crash being noted.</summary>
    public void Shut() => Volatile.Write(ref _isShut, true);

    private void CrashIfDue(int commit, CrashMoment moment, string database)
    {
        if (_crash == new CrashPoint(commit, moment))
        {
            Crash($"{_crash}, of {Path.GetFileName(database)}");
        }
    }
}
