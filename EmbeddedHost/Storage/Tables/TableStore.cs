namespace EmbeddedHost.Storage.Tables;

/// <summary>The tables database: one file with every table's entities.</summary>
/// <remarks>
/// Statements look up a table's id by its name themselves (one more seek inside SQLite): a cache of ids would have
/// to follow creation, deletion and every rolled-back commit.
/// </remarks>
internal sealed class TableStore(string path, TimeProvider? time = null, DatabaseEnvironment? environment = null) : IDisposable
{
    // AUTOINCREMENT: a deleted table's id never comes back. Properties are one blob: see PropertyWriter.
    // Entities lie in the order of insertion, with their keys in an index: WITHOUT ROWID, which keeps whole rows in
    // the keys' order, measured up to twice the CPU for an update.
    private const string Schema = """
        CREATE TABLE tables(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE entities(
          tbl INTEGER NOT NULL,
          pk TEXT NOT NULL,
          rk TEXT NOT NULL,
          ts INTEGER NOT NULL,
          props BLOB NOT NULL,
          UNIQUE(tbl, pk, rk));
        """;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _lastTimestamp;

    /// <summary>The file. Its committer counts works (write operations) and commits.</summary>
    public SqliteDatabase Database { get; } = new(path, Schema, environment: environment);

    /// <summary>What was written last, in memory.</summary>
    public RecentEntities Recent { get; } = new();

    /// <summary>
    /// The next write's timestamp in ticks (UTC): later than any before, so that no two versions share an ETag and the order of
    /// timestamps is that of the writes, also where the clock was set back, or the host was down meanwhile. Only inside
    /// <see cref="CommitWork.Write"/>: one thread at a time is there.
    /// </summary>
    public long NextTimestamp() => (_lastTimestamp = Math.Max(_time.GetUtcNow().UtcTicks, (_lastTimestamp ?? LastInserted()) + 1)).Value;

    public void Dispose() => Database.Dispose();

    // Which row was changed last, no index tells.
    private long LastInserted() => Database.Read(0, static (session, _) =>
    {
        using var reader = session.Prepare("SELECT ts FROM entities ORDER BY rowid DESC LIMIT 1").Query();
        return reader.Read() ? reader.GetInt64(0) : 0;
    });
}
