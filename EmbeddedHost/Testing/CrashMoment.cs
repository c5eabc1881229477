namespace EmbeddedHost.Testing;

/// <summary>On which side of a commit a host crashes.</summary>
public enum CrashMoment
{
    /// <summary>All is written and nothing is on disk: the transaction is rolled back.</summary>
    BeforeCommit,

    /// <summary>The transaction is on disk, and nobody has heard of it.</summary>
    AfterCommit,
}
