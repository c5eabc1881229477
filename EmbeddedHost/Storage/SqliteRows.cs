using SQLitePCL;

namespace EmbeddedHost.Storage;

/// <summary>The rows of a query, one at a time. Columns count from 0.</summary>
internal readonly struct SqliteRows(SqliteStatement owner, sqlite3_stmt statement) : IDisposable
{
    /// <summary>Goes to the next row; false where there is none.</summary>
    public bool Read() => owner.Step();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A copy of the bytes.</summary>
    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Ends the query.</summary>
    public void Dispose() => owner.Reset();
}
