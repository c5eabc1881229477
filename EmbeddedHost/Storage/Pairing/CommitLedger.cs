namespace EmbeddedHost.Storage.Pairing;

/// <summary>
/// Keeps a database's <see cref="PairMark"/> while it is in use: each commit carries its own number and that of the
/// partner's last commit on disk, so that a file which lacks commits is found as soon as the other tells of them.
/// </summary>
/// <param name="run">The start that the database takes part in.</param>
/// <param name="path">The database's file.</param>
/// <param name="commits">The number of its last commit.</param>
internal sealed class CommitLedger(string run, string path, long commits)
{
    private long _durable = commits;
    private CommitLedger? _partner;

    /// <summary>Makes two databases partners.</summary>
    public static void Join(CommitLedger one, CommitLedger other) => (one._partner, other._partner) = (other, one);

    /// <summary>Writes the mark of the commit under way, inside its transaction.</summary>
    /// <exception cref="StorageException">Another process has started with the file since.</exception>
    public void Write(SqliteSession session)
    {
        // The condition keeps out a process that has lost the files to another one without knowing of it.
        if (session.Prepare("UPDATE pair SET commits = ?1, partner_commits = ?2 WHERE run = ?3")
            .Bind(1, _durable + 1).Bind(2, Volatile.Read(ref _partner!._durable)).Bind(3, run).Execute() == 0)
        {
            throw new StorageException(
                $"'{path}' was taken over by another process. What was accepted before is kept. One process at a time may use a data folder: "
                + "stop one of the two, and look at what shares the folder between them.");
        }
    }

    /// <summary>The commit that was written last is on disk.</summary>
    public void Committed() => Volatile.Write(ref _durable, _durable + 1);
}
