using EmbeddedHost.Storage.Hub;
using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Storage.Pairing;

/// <summary>
/// The task hub and the tables of a data folder, which are one state in two files: what a saga has decided is in one, what
/// its activities have moved in the other. They are opened together, or not at all.
/// </summary>
internal sealed class DatabasePair : IDisposable
{
    private DatabasePair(SqliteDatabase hub, SqliteDatabase tables, string? accepted) => (Hub, Tables, AcceptedMismatch) = (hub, tables, accepted);

    /// <summary>The task hub.</summary>
    public SqliteDatabase Hub { get; }

    /// <summary>The business tables.</summary>
    public SqliteDatabase Tables { get; }

    /// <summary>In which way the files do not belong together, where that was accepted.</summary>
    public string? AcceptedMismatch { get; }

    /// <summary>Opens both files; where neither is there, makes them.</summary>
    /// <param name="folder">The folder, which is this process's.</param>
    /// <param name="dataFormats">The formats of its data that the app reads; what is opened has the last one from then on.</param>
    /// <param name="acceptMismatch">Whether to make a pair of files that are none.</param>
    /// <param name="clock">Tells the time of the start.</param>
    /// <param name="environment">What is around the databases.</param>
    /// <exception cref="StorageException">
    /// A file cannot be used, the two do not belong together, or they do and a mismatch was to be accepted. Nothing is changed.
    /// </exception>
    public static DatabasePair Open(
        DataFolder folder, DataFormats dataFormats, bool acceptMismatch, TimeProvider clock, DatabaseEnvironment environment)
    {
        var missing = PairCheck.Missing(folder);
        if (missing is not null && !acceptMismatch)
        {
            throw PairCheck.Refusal(missing);
        }

        SqliteSession? hub = null;
        SqliteSession? tables = null;
        try
        {
            folder.Lock(folder.HubFile);
            folder.Lock(folder.TablesFile);
            hub = SqliteFile.Inspect(folder.HubFile, HubSchema.Version, HubSchema.Upgrade);
            tables = SqliteFile.Inspect(folder.TablesFile, TableSchema.Version, TableSchema.Upgrade);
            var (hubMark, tablesMark) = (PairMark.Read(hub), PairMark.Read(tables));
            PairCheck.DataFormat(folder, hubMark, tablesMark, dataFormats);
            var mismatch = missing ?? PairCheck.Mismatch(folder, hubMark, tablesMark);
            PairCheck.Acceptance(folder, mismatch, acceptMismatch);
            SqliteFile.BeginWriting(folder.HubFile, hub, HubSchema.Script, HubSchema.Version, environment.IsDurable, HubSchema.Upgrade);
            SqliteFile.BeginWriting(folder.TablesFile, tables, TableSchema.Script, TableSchema.Version, environment.IsDurable, TableSchema.Upgrade);
            var start = new PairStart(folder, hub, tables, environment);
            var (hubLedger, tablesLedger) = start.Begin(hubMark, tablesMark, clock.GetUtcNow().UtcTicks, dataFormats.Number);
            return new DatabasePair(
                new SqliteDatabase(folder.HubFile, hub, environment, hubLedger),
                new SqliteDatabase(folder.TablesFile, tables, environment, tablesLedger),
                mismatch);
        }
        catch
        {
            hub?.Dispose();
            tables?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Hub.Dispose();
        Tables.Dispose();
    }
}
