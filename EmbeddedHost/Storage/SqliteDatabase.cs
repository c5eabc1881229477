using System.Collections.Concurrent;
using EmbeddedHost.Storage.Pairing;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Storage;

/// <summary>
/// One database file: one writing session, owned by its <see cref="Committer"/>, and a pool of reading ones.
/// Readers see what is committed, and never wait for the writer (WAL).
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteSession _writer;
    private int _reading;
    private bool _isClosed;

    /// <summary>Opens the file by itself; a new one gets the schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The statements that create its tables.</param>
    /// <param name="version">The number of the schema's format, kept in the file.</param>
    /// <param name="environment">What is around it; null: what a host in production has.</param>
    /// <param name="upgrade">The statements that make the format of the one before; null: there are none.</param>
    /// <exception cref="StorageException">The file cannot be written, is damaged, or is of another format.</exception>
    public SqliteDatabase(string path, string schema, int version = 0, DatabaseEnvironment? environment = null, string? upgrade = null)
    {
        Path = path;
        Environment = environment ?? DatabaseEnvironment.Default;
        _writer = SqliteFile.Inspect(path, version, upgrade);
        try
        {
            SqliteFile.BeginWriting(path, _writer, schema, version, Environment.IsDurable, upgrade);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }

        Committer = new GroupCommitter(_writer, path, Environment, Explain);
    }

    /// <summary>Takes a file that is open for writing, as one of a pair.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writer">The writing session, which is this database's from now on.</param>
    /// <param name="environment">What is around it.</param>
    /// <param name="ledger">Keeps what the file says of the pair.</param>
    public SqliteDatabase(string path, SqliteSession writer, DatabaseEnvironment environment, CommitLedger ledger)
    {
        Path = path;
        Environment = environment;
        _writer = writer;
        Committer = new GroupCommitter(_writer, path, Environment, Explain, ledger);
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>What is around it.</summary>
    public DatabaseEnvironment Environment { get; }

    /// <summary>The only door to the writing session once the database is in use.</summary>
    public GroupCommitter Committer { get; }

    /// <summary>What <c>PRAGMA synchronous</c> says on the writing connection: 2 is FULL. Only while idle.</summary>
    public long SynchronousLevel => (long)_writer.Scalar("PRAGMA synchronous")!;

    /// <summary>Called when the file cannot be read or written any more, before whoever met that is told.</summary>
    public Action<StorageException>? OnFailure { get; set; }

    /// <summary>Runs a read on a session of the pool. Dispose of readers before returning.</summary>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public T Read<TState, T>(TState state, Func<SqliteSession, TState, T> read)
    {
        _ = Interlocked.Increment(ref _reading);
        try
        {
            return Volatile.Read(ref _isClosed)
                ? throw new ObjectDisposedException(Path, $"The database '{Path}' is closed: nothing is read any more.")
                : ReadOpen(state, read);
        }
        finally
        {
            _ = Interlocked.Decrement(ref _reading);
        }
    }

    /// <summary>
    /// Lets who reads or writes finish, refuses who comes later, and closes every connection. The last one to close folds
    /// the log into the file.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
        {
            return;
        }

        // Whoever still writes or reads must not find the connection gone beneath it: that would end the process.
        Committer.Close();
        Committer.Dispose();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _reading) > 0)
        {
            wait.SpinOnce();
        }

        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }

        _writer.Dispose();
    }

    private T ReadOpen<TState, T>(TState state, Func<SqliteSession, TState, T> read)
    {
        if (!_readers.TryTake(out var session))
        {
            session = new SqliteSession(Path, readOnly: true);
        }

        try
        {
            return read(session, state);
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
        finally
        {
            _readers.Add(session);
        }
    }

    private Exception Explain(Exception e)
    {
        var explained = StorageErrors.Explain(Path, e);
        if (explained is StorageException failure)
        {
            OnFailure?.Invoke(failure);
        }

        return explained;
    }
}
