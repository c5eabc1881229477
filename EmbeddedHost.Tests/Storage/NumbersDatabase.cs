using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

/// <summary>A database with one table of numbers, in a folder of its own.</summary>
internal sealed class NumbersDatabase : IDisposable
{
    private readonly TempFolder _folder = new();

    public NumbersDatabase(DatabaseEnvironment? environment = null) =>
        Database = new SqliteDatabase(_folder.File("test.db"), "CREATE TABLE IF NOT EXISTS numbers(n INTEGER PRIMARY KEY)", environment: environment);

    public SqliteDatabase Database { get; }

    /// <summary>The files in its folder.</summary>
    public string[] Files => Directory.GetFiles(_folder.Path);

    /// <summary>How many numbers are in the table.</summary>
    public long Count() => Database.Read(0, static (session, _) => (long)session.Scalar("SELECT COUNT(*) FROM numbers")!);

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
