namespace EmbeddedHost.Storage.Pairing;

/// <summary>
/// Gives both files of a pair the name of a new start, so that a copy of one that was made before does not go with the other
/// any more. Two files cannot be written at once: the order of the commits is such that a crash at any of them leaves a pair.
/// </summary>
internal sealed class PairStart(DataFolder folder, SqliteSession hub, SqliteSession tables, DatabaseEnvironment environment)
{
    private readonly string _run = Guid.NewGuid().ToString("N");

    /// <summary>Begins the run of two files that were found to be a pair, or are to be made one.</summary>
    /// <param name="hubMark">What the hub says.</param>
    /// <param name="tablesMark">What the tables say.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    /// <param name="dataFormat">The number of the app's data format.</param>
    /// <returns>The ledgers of the hub and the tables.</returns>
    public (CommitLedger Hub, CommitLedger Tables) Begin(PairMark hubMark, PairMark tablesMark, long now, int dataFormat)
    {
        // The tables then tell of a commit of the hub that is in its log only: were the logs left out of a copy, that is found.
        var noted = Commit(hub, folder.HubFile, hubMark with { Commits = hubMark.Commits + 1 });
        var begun = Commit(tables, folder.TablesFile, Next(tablesMark, noted) with { Before = noted.Run });
        tables.Run("PRAGMA wal_checkpoint(PASSIVE)");

        var joined = Commit(hub, folder.HubFile, Next(noted, begun));
        var settled = Commit(tables, folder.TablesFile, Next(begun, joined));
        var ledgers = (
            Hub: new CommitLedger(_run, folder.HubFile, joined.Commits),
            Tables: new CommitLedger(_run, folder.TablesFile, settled.Commits));
        CommitLedger.Join(ledgers.Hub, ledgers.Tables);
        return ledgers;

        PairMark Next(PairMark mark, PairMark partner) => new(_run, now, Before: null, mark.Commits + 1, partner.Commits, dataFormat);
    }

    private PairMark Commit(SqliteSession session, string path, PairMark mark)
    {
        try
        {
            session.Begin();
            mark.WriteTo(session);
            environment.Gate?.Enter(path, works: 0);
            session.Commit();
            environment.Gate?.Leave(path, works: 0);
            return mark;
        }
        catch (Exception e)
        {
            session.RollbackIfOpen();
            throw StorageErrors.Explain(path, e);
        }
    }
}
