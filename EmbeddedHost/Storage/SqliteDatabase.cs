using System.Collections.Concurrent;

namespace EmbeddedHost.Storage;

/// <summary>
/// One database file: one writing session, owned by its <see cref="Committer"/>, and a pool of reading ones.
/// Readers see what is committed, and never wait for the writer (WAL).
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteSession _writer;

    /// <summary>Opens the file; a new one gets the schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The statements that create its tables.</param>
    /// <param name="version">The number of the schema's format, kept in the file.</param>
    /// <param name="environment">What is around it; null: what a host in production has.</param>
    /// <exception cref="InvalidOperationException">The file is of another format.</exception>
    public SqliteDatabase(string path, string schema, int version = 0, DatabaseEnvironment? environment = null)
    {
        Path = path;
        Environment = environment ?? DatabaseEnvironment.Default;
        _writer = new SqliteSession(path, readOnly: false, Environment.IsDurable);
        try
        {
            Apply(schema, version);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }

        Committer = new GroupCommitter(_writer, path, Environment);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>What is around it.</summary>
    public DatabaseEnvironment Environment { get; }

    /// <summary>The only door to the writing session once the database is in use.</summary>
    public GroupCommitter Committer { get; }

    /// <summary>What <c>PRAGMA synchronous</c> says on the writing connection: 2 is FULL. Only while idle.</summary>
    public long SynchronousLevel => (long)_writer.Scalar("PRAGMA synchronous")!;

    /// <summary>Runs a read on a session of the pool. Dispose of readers before returning.</summary>
    public T Read<TState, T>(TState state, Func<SqliteSession, TState, T> read)
    {
        if (!_readers.TryTake(out var session))
        {
            session = new SqliteSession(Path, readOnly: true);
        }

        try
        {
            return read(session, state);
        }
        finally
        {
            _readers.Add(session);
        }
    }

    /// <summary>Closes every connection. The last one to close folds the log into the file.</summary>
    public void Dispose()
    {
        // Whoever still writes must not find the connection gone beneath it: that would end the process.
        Committer.Close();
        Committer.Dispose();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }

        _writer.Dispose();
    }

    private void Apply(string schema, int version)
    {
        if (_writer.Scalar("SELECT count(*) FROM sqlite_schema") is 0L)
        {
            _writer.Run($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; {schema}; COMMIT");
        }
        else if (_writer.Scalar("PRAGMA user_version") is long found && found != version)
        {
            throw new InvalidOperationException(
                $"The file '{Path}' has format {found}; this host reads format {version}. Let the host that wrote it finish what is "
                + "in it, or start with --reset to throw it away.");
        }
    }
}
