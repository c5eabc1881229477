using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Storage;

/// <summary>A prepared statement whose parameters <c>$1…$n</c> are bound by position.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly List<SqliteParameter> _parameters = [];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>Binds the parameter <c>${position}</c> (from 1); null binds NULL.</summary>
    public SqliteStatement Bind(int position, object? value)
    {
        while (_parameters.Count < position)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "$" + (_parameters.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _parameters.Add(parameter);
            _ = _command.Parameters.Add(parameter);
        }

        _parameters[position - 1].Value = value ?? DBNull.Value;
        return this;
    }

    /// <summary>Runs the statement; returns how many rows it changed.</summary>
    public int Execute() => _command.ExecuteNonQuery();

    /// <summary>Runs the query. The caller disposes of the reader before the statement is used again.</summary>
    public SqliteDataReader Query() => _command.ExecuteReader();

    public void Dispose() => _command.Dispose();
}
