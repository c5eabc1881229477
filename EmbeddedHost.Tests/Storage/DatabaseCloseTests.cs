using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What comes while a database is being closed, or after: it ends, and touches no file.</summary>
public sealed class DatabaseCloseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public DatabaseCloseTests() =>
        _database = new SqliteDatabase(_folder.File("test.db"), "CREATE TABLE IF NOT EXISTS numbers(n INTEGER PRIMARY KEY)");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_AfterTheClose_IsRefused_AndMakesNoFileAnew()
    {
        _database.Dispose();

        var error = Assert.Throws<ObjectDisposedException>(() => Count());

        Assert.Contains("test.db", error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder.File("test.db")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Close_WhileARowIsRead_ComesAfterIt()
    {
        Task? closing = null;

        var read = _database.Read(0, (session, _) =>
        {
            closing = Task.Run(_database.Dispose);
            SpinUntilClosing();
            Assert.False(closing.IsCompleted);
            return (long)session.Scalar("SELECT COUNT(*) FROM numbers")!;
        });

        await closing!;
        Assert.Equal(0, read);
    }

    [Fact]
    public void Write_AfterTheClose_IsRefused()
    {
        _database.Dispose();
        var work = new Insertion(1);

        Assert.True(_database.Committer.Submit(work));

        _ = Assert.IsType<ObjectDisposedException>(work.Error);
    }

    [Fact]
    public async Task Close_AWorkIsGatheredAndNotYetCommitted_IsToldSo()
    {
        var gathered = GatheredWorks.Begin()!;
        var work = new Insertion(1);
        Assert.False(GatheredWorks.Submit(_database.Committer, work));

        _database.Dispose();
        gathered.Commit();

        await work.Done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _ = Assert.IsType<ObjectDisposedException>(work.Error);
    }

    [Fact]
    public async Task Close_WorksWaitForTheNextCommit_EachIsToldItsFate()
    {
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        var leader = new Insertion(0)
        {
            AfterInsert = () =>
            {
                entered.Release();
                release.Wait();
            },
        };
        var leading = Task.Run(() => _database.Committer.Submit(leader));
        await entered.WaitAsync();
        var waiting = Enumerable.Range(1, 20).Select(n => new Insertion(n)).ToList();
        Assert.All(waiting, work => Assert.False(_database.Committer.Submit(work)));

        var closing = Task.Run(_database.Dispose);
        SpinUntilClosing();
        release.Set();

        Assert.True(await leading);
        await closing;
        await Task.WhenAll(waiting.Select(work => work.Done.Task)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Null(leader.Error);
        Assert.All(waiting, work => Assert.True(work.Error is null or ObjectDisposedException));
    }

    private void SpinUntilClosing() => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            try
            {
                _ = Count();
                return false;
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        },
        TimeSpan.FromSeconds(30)));

    private long Count() => _database.Read(0, static (session, _) => (long)session.Scalar("SELECT COUNT(*) FROM numbers")!);
}
