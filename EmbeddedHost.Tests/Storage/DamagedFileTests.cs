using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

/// <summary>Files that are not what was written: they are refused before anything in them is changed, or at the read that finds it.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);";
    private const int PageSize = 4096;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Open_PageOverwritten_NamesTheFileAndLeavesItAsItIs(int page)
    {
        var file = Write("notes.db", notes: 500);
        Overwrite(file, page * PageSize, PageSize);
        var before = File.ReadAllBytes(file);

        var refusal = Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema));

        Assert.Contains($"'{file}' is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void Open_OtherFile_IsRefused()
    {
        var file = _folder.File("notes.db");
        File.WriteAllText(file, string.Join('\n', Enumerable.Repeat("This is a text.", 1000)));

        Assert.Contains("not a database", Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PathIsAFolder_SaysThatItCannotBeOpened()
    {
        var file = Directory.CreateDirectory(_folder.File("notes.db")).FullName;

        var refusal = Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema));

        Assert.Contains($"'{file}' cannot be opened for writing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileIsReadOnly_SaysWhatToDo()
    {
        var file = Write("notes.db", notes: 1);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        if (Environment.IsPrivilegedProcess)
        {
            // Root writes to it all the same.
            return;
        }

        Assert.Contains("the right to write", Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LogOfAKilledProcess_IsTaken()
    {
        var file = Killed(notes: 50);

        using var database = new SqliteDatabase(file, Schema);

        Assert.Equal(50, Count(database));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public void Open_LogCutShort_NamesTheLogAndLeavesItAsItIs(int bytes)
    {
        var file = Killed(notes: 50);
        var log = file + "-wal";
        using (var stream = File.OpenWrite(log))
        {
            stream.SetLength(bytes < 0 ? stream.Length + bytes : bytes);
        }

        var (database, cut) = (File.ReadAllBytes(file), File.ReadAllBytes(log));

        var refusal = Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema));

        Assert.Contains($"'{log}' is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(database, File.ReadAllBytes(file));
        Assert.Equal(cut, File.ReadAllBytes(log));
    }

    [Fact]
    public void Open_LogOverwrittenInTheMiddle_IsRefused()
    {
        var file = Killed(notes: 50);
        Overwrite(file + "-wal", 10 * PageSize, 100);

        _ = Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema));
    }

    [Fact]
    public void Open_LogGone_IsRefused()
    {
        var file = Killed(notes: 50);
        File.Delete(file + "-wal");

        _ = Assert.Throws<StorageException>(() => new SqliteDatabase(file, Schema));
    }

    [Fact]
    public void Open_UnfinishedWriteAfterTheLastCommit_IsLeftOut()
    {
        var file = Killed(notes: 50);
        using (var log = new FileStream(file + "-wal", FileMode.Append))
        {
            log.Write(new byte[1000]);
        }

        using var database = new SqliteDatabase(file, Schema);

        Assert.Equal(50, Count(database));
    }

    [Fact]
    public void Read_PageDamagedWhileOpen_TellsTheOwnerFirst()
    {
        var file = Write("notes.db", notes: 500);
        using var database = new SqliteDatabase(file, Schema);
        StorageException? told = null;
        database.OnFailure = failure => told = failure;
        Overwrite(file, 20 * PageSize, 60 * PageSize);

        var error = Assert.Throws<StorageException>(() => Count(database, "SELECT COUNT(*) FROM notes WHERE text LIKE 'x'"));

        Assert.Same(error, told);
        Assert.Contains($"'{file}' is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_FileMayNotGrow_SaysThatTheDiskIsFullAndKeepsWhatWasCommitted()
    {
        var file = _folder.File("notes.db");
        using (var database = new SqliteDatabase(file, Schema))
        {
            StorageException? told = null;
            database.OnFailure = failure => told = failure;
            Assert.Null(Insert(database, notes: 10));
            _ = database.Committer.Submit(new Script("PRAGMA max_page_count = 20"));

            var error = Insert(database, notes: 100);

            Assert.Same(error, told);
            Assert.Contains($"'{file}' could not be written: the disk is full", error!.Message, StringComparison.Ordinal);
            Assert.Equal(10, Count(database));
        }

        using var again = new SqliteDatabase(file, Schema);
        Assert.Null(Insert(again, notes: 100));
        Assert.Equal(110, Count(again));
    }

    /// <summary>A file of notes, a page each.</summary>
    private string Write(string name, int notes)
    {
        using var database = new SqliteDatabase(_folder.File(name), Schema);
        Assert.Null(Insert(database, notes));
        return database.Path;
    }

    /// <summary>What a killed process leaves: the file with its log and the log's index.</summary>
    private string Killed(int notes)
    {
        using var database = new SqliteDatabase(_folder.File("live.db"), Schema);
        Assert.Null(Insert(database, notes));
        var left = _folder.File("left.db");
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Copy(database.Path + suffix, left + suffix);
        }

        return left;
    }

    private static void Overwrite(string file, int offset, int bytes)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = offset;
        stream.Write(Enumerable.Repeat((byte)0xA5, bytes).ToArray());
    }

    private static Exception? Insert(SqliteDatabase database, int notes)
    {
        var work = new Script(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {notes})
            INSERT INTO notes(text) SELECT printf('%.3500c', 'x') FROM n
            """);
        Assert.True(database.Committer.Submit(work));
        return work.Error;
    }

    private static long Count(SqliteDatabase database, string sql = "SELECT COUNT(*) FROM notes") =>
        database.Read(sql, static (session, sql) =>
        {
            using var rows = session.Prepare(sql).Query();
            return rows.Read() ? rows.GetInt64(0) : 0;
        });

    private sealed class Script(string sql) : CommitWork
    {
        public override void Write(SqliteSession session) => session.Run(sql);

        public override void Execute()
        {
        }
    }
}
