namespace EmbeddedHost.Testing;

/// <summary>Where a host crashed: which commit, counted from 1 over the task hub and the tables, and which side of it.</summary>
public sealed record CrashPoint(int Commit, CrashMoment Moment)
{
    /// <inheritdoc />
    public override string ToString() => $"{(Moment == CrashMoment.BeforeCommit ? "before" : "after")} commit {Commit}";
}
