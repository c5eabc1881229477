namespace EmbeddedHost.Storage.Tables;

/// <summary>The tables database: one file with every table's entities.</summary>
/// <remarks>
/// Statements look up a table's id by its name themselves (one more seek inside SQLite): a cache of ids would have
/// to follow creation, deletion and every rolled-back commit.
/// </remarks>
internal sealed class TableStore(SqliteDatabase database, TimeProvider? time = null) : IDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _lastTimestamp;

    /// <summary>Opens the tables in a file by itself, without a task hub beside them.</summary>
    public TableStore(string path, TimeProvider? time = null, DatabaseEnvironment? environment = null)
        : this(new SqliteDatabase(path, TableSchema.Script, TableSchema.Version, environment, TableSchema.Upgrade), time)
    {
    }

    /// <summary>The file. Its committer counts works (write operations) and commits.</summary>
    public SqliteDatabase Database { get; } = database;

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
