namespace EmbeddedHost.Testing;

/// <summary>Where a host crashed: which commit, counted from 1 over the task hub and the tables, and which side of it.</summary>
public sealed record CrashPoint(int Commit, CrashMoment Moment)
{
    /// <inheritdoc />
    public override string ToString() => $"{(Moment == CrashMoment.BeforeCommit ? "before" : "after")} commit {Commit}";
}

/// <summary>On which side of a commit a host crashes.</summary>
public enum CrashMoment
{
    /// <summary>All is written and nothing is on disk: the transaction is rolled back.</summary>
    BeforeCommit,

    /// <summary>The transaction is on disk, and nobody has heard of it.</summary>
    AfterCommit,
}

/// <summary>A commit that a host made.</summary>
/// <param name="Database">The database's file name, such as <c>hub.db</c>.</param>
/// <param name="Works">How many units of work shared it.</param>
public sealed record TestCommit(string Database, int Works);

/// <summary>The test host has crashed, as it was told to. <see cref="DurableTestHost.RestartAsync"/> starts it again.</summary>
public sealed class HostCrashedException : Exception
{
    internal HostCrashedException(string where)
        : base($"The test host has crashed, as it was told to: {where}. RestartAsync starts it again from what is on disk.")
    {
    }
}
