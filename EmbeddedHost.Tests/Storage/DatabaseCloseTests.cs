using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What comes while a database is being closed, or after: it ends, and touches no file.</summary>
public sealed class DatabaseCloseTests : IDisposable
{
    private readonly NumbersDatabase _numbers = new();

    public void Dispose() => _numbers.Dispose();

    [Fact]
    public void Read_AfterTheClose_IsRefused_AndMakesNoFileAnew()
    {
        _numbers.Database.Dispose();

        var error = Assert.Throws<ObjectDisposedException>(() => _numbers.Count());

        Assert.Contains("test.db", error.Message, StringComparison.Ordinal);
        Assert.Equal("test.db", Path.GetFileName(Assert.Single(_numbers.Files)));
    }

    [Fact]
    public async Task Close_WhileARowIsRead_ComesAfterIt()
    {
        Task? closing = null;

        var read = _numbers.Database.Read(0, (session, _) =>
        {
            closing = Task.Run(_numbers.Database.Dispose);
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
        _numbers.Database.Dispose();
        var work = new Insertion(1);

        Assert.True(_numbers.Database.Committer.Submit(work));

        _ = Assert.IsType<ObjectDisposedException>(work.Error);
    }

    [Fact]
    public async Task Close_AWorkIsGatheredAndNotYetCommitted_IsToldSo()
    {
        var gathered = GatheredWorks.Begin()!;
        var work = new Insertion(1);
        Assert.False(GatheredWorks.Submit(_numbers.Database.Committer, work));

        _numbers.Database.Dispose();
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
        var leading = Task.Run(() => _numbers.Database.Committer.Submit(leader));
        await entered.WaitAsync();
        var waiting = Enumerable.Range(1, 20).Select(n => new Insertion(n)).ToList();
        Assert.All(waiting, work => Assert.False(_numbers.Database.Committer.Submit(work)));

        var closing = Task.Run(_numbers.Database.Dispose);
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
                _ = _numbers.Count();
                return false;
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        },
        TimeSpan.FromSeconds(30)));
}
