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

    /// <summary>Opens or creates the file and applies its schema (idempotent statements).</summary>
    public SqliteDatabase(string path, string schema, DatabaseEnvironment? environment = null)
    {
        Path = path;
        Environment = environment ?? DatabaseEnvironment.Default;
        _writer = new SqliteSession(path, readOnly: false, Environment.IsDurable);
        _writer.Run(schema);
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
}
