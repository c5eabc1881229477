using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedHost.Storage;

/// <summary>One connection with its prepared statements. Not thread-safe: its owner uses it from one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private bool _open;

    public SqliteSession(string path, bool readOnly)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        _connection.Open();

        // Even with one writer: checkpoints and readers take locks for a moment.
        Run("PRAGMA busy_timeout = 10000");
        FoldLogOnClose(false);
    }

    /// <summary>Makes this the writing session. Until then nothing is changed in the file, nor when the session is closed.</summary>
    /// <param name="isDurable">Whether what is committed survives a power cut.</param>
    public void BeginWriting(bool isDurable)
    {
        Run("PRAGMA journal_mode = WAL");
        // A commit returns when the log is on disk: an accepted order survives a power cut.
        Run(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
        FoldLogOnClose(true);
    }

    /// <summary>The statement for a text, prepared once a session. Parameters are named <c>?1</c>, <c>?2</c>, …</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(_connection.Handle!, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a script of statements without parameters.</summary>
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    /// <summary>The value of the first column of the first row, or null.</summary>
    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Begin()
    {
        _ = Prepare("BEGIN IMMEDIATE").Execute();
        _open = true;
    }

    public void Commit()
    {
        _ = Prepare("COMMIT").Execute();
        _open = false;
    }

    public void RollbackIfOpen()
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        try
        {
            _ = Prepare("ROLLBACK").Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (a full disk, an I/O error): there is nothing left to undo.
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void FoldLogOnClose(bool fold) =>
        _ = raw.sqlite3_db_config(_connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, fold ? 0 : 1, out _);
}
