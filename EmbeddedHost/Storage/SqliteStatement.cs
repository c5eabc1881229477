using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedHost.Storage;

/// <summary>
/// A prepared statement whose parameters <c>?1…$n</c> are bound by position. It sits on SQLite's own interface: a
/// saga runs some sixty statements, and ADO.NET's part in one costs as much as SQLite's.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The text is not a statement of this database.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds a text; null binds NULL.</summary>
    public SqliteStatement Bind(int position, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, position) : raw.sqlite3_bind_text(_statement, position, value));
        return this;
    }

    /// <summary>Binds a whole number; null binds NULL.</summary>
    public SqliteStatement Bind(int position, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, position, number) : raw.sqlite3_bind_null(_statement, position));
        return this;
    }

    /// <summary>Binds bytes; null binds NULL.</summary>
    public SqliteStatement Bind(int position, byte[]? value)
    {
        Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, position),
            // The binding takes an empty span's null pointer for NULL.
            { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, position, 0),
            _ => raw.sqlite3_bind_blob(_statement, position, value),
        });
        return this;
    }

    /// <summary>Binds a value of a list of mixed ones: a text, a whole number or null.</summary>
    public SqliteStatement BindAny(int position, object? value) => value switch
    {
        null => Bind(position, (string?)null),
        string text => Bind(position, text),
        long number => Bind(position, number),
        _ => throw new ArgumentException($"A {value.GetType()} cannot be bound: expected a string, a long or null.", nameof(value)),
    };

    /// <summary>Runs the statement; returns how many rows it changed.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Execute()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs the query. The caller disposes of the rows before the statement is used again.</summary>
    public SqliteRows Query() => new(this, _statement);

    public void Dispose() => _statement.Dispose();

    /// <summary>Goes to the next row; false where there is none.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    // What a reset returns is the last step's error, which was thrown already.
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
