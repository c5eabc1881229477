using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage;

public sealed class GroupCommitterTests : IDisposable
{
    // A gatherer of these tests comes to lead, however long the machine keeps it waiting.
    private readonly NumbersDatabase _numbers = new(DatabaseEnvironment.Default with { GatherPatience = TimeSpan.FromMinutes(1) });

    public void Dispose() => _numbers.Dispose();

    [Fact]
    public void Submit_Alone_IsDoneInline()
    {
        var work = new Insertion(1);

        Assert.True(_numbers.Database.Committer.Submit(work));

        Assert.Null(work.Error);
        Assert.False(work.Done.Task.IsCompleted);
        Assert.Equal(1, _numbers.Count());
    }

    [Fact]
    public void Submit_AloneAndBad_TellsTheErrorAndWritesNothing()
    {
        var work = new Insertion(1) { Fails = true };

        Assert.True(_numbers.Database.Committer.Submit(work));

        Assert.NotNull(work.Error);
        Assert.Equal(0, _numbers.Count());
    }

    [Fact]
    public async Task Submit_FromManyThreads_CommitsAll()
    {
        var works = Enumerable.Range(0, 2000).Select(n => new Insertion(n)).ToArray();

        await Task.WhenAll(works.Select(work => Task.Run(() => Submit(work))));

        Assert.All(works, work => Assert.Null(work.Error));
        Assert.Equal(works.Length, _numbers.Count());
        Assert.Equal(works.Length, _numbers.Database.Committer.Works);
    }

    [Fact]
    public async Task Submit_WhileACommitIsUnderWay_SharesTheNextOne()
    {
        var (leader, followers) = await SubmitBehindALeader(Enumerable.Range(1, 100).Select(n => new Insertion(n)));

        Assert.All(followers.Append(leader), work => Assert.Null(work.Error));
        Assert.Equal(101, _numbers.Count());
        Assert.Equal(2, _numbers.Database.Committer.Commits);
    }

    [Fact]
    public async Task Submit_OneBadWorkInABatch_FailsAlone()
    {
        var (_, followers) = await SubmitBehindALeader(Enumerable.Range(1, 20).Select(n => new Insertion(n) { Fails = n == 7 }));

        Assert.Equal([7], followers.Where(work => work.Error is not null).Select(work => work.Number));
        Assert.Equal(20, _numbers.Count());
    }

    [Fact]
    public async Task Submit_WorkKeepsComing_LeaderReturnsAfterItsOwnCommit()
    {
        using var leaderReturned = new ManualResetEventSlim();
        var waited = false;
        var follower = new Insertion(1) { AfterInsert = () => waited = leaderReturned.Wait(TimeSpan.FromSeconds(30)) };

        var (leader, _) = await SubmitBehindALeader([follower], leaderReturned.Set);

        Assert.True(waited);
        Assert.Null(leader.Error);
        Assert.Equal(2, _numbers.Count());
    }

    [Fact]
    public void Read_WhileATransactionIsOpen_SeesWhatIsCommitted()
    {
        _ = _numbers.Database.Committer.Submit(new Insertion(1));
        long seen = -1;
        var work = new Insertion(2) { AfterInsert = () => seen = _numbers.Count() };

        _ = _numbers.Database.Committer.Submit(work);

        Assert.Equal(1, seen);
        Assert.Equal(2, _numbers.Count());
    }

    [Fact]
    public void Gather_SeveralWorks_ShareTheCommitOfTheirGatherer()
    {
        var gathered = GatheredWorks.Begin()!;
        var works = Enumerable.Range(0, 3).Select(n => new Insertion(n)).ToArray();

        Assert.All(works, work => Assert.False(GatheredWorks.Submit(_numbers.Database.Committer, work)));
        gathered.Commit();

        Assert.All(works, work => Assert.True(work.Done.Task.IsCompletedSuccessfully));
        Assert.Equal(3, _numbers.Count());
        Assert.Equal(1, _numbers.Database.Committer.Commits);
    }

    [Fact]
    public void Gather_AWorkThatGoesOnWithAnother_CommitsThatToo()
    {
        var gathered = GatheredWorks.Begin()!;
        var second = new Insertion(2);
        var first = new Insertion(1) { AfterCommit = () => _ = GatheredWorks.Submit(_numbers.Database.Committer, second) };

        _ = GatheredWorks.Submit(_numbers.Database.Committer, first);
        gathered.Commit();

        Assert.True(second.Done.Task.IsCompletedSuccessfully);
        Assert.Equal(2, _numbers.Database.Committer.Commits);
    }

    [Fact]
    public void Gather_OneBadWork_FailsAlone()
    {
        var gathered = GatheredWorks.Begin()!;
        var works = Enumerable.Range(0, 3).Select(n => new Insertion(n) { Fails = n == 1 }).ToArray();

        Assert.All(works, work => Assert.False(GatheredWorks.Submit(_numbers.Database.Committer, work)));
        gathered.Commit();

        Assert.Equal([1], works.Where(work => work.Error is not null).Select(work => work.Number));
        Assert.Equal(2, _numbers.Count());
    }

    [Fact]
    public async Task Gather_GathererBlocksOnItsWork_IsCommittedAllTheSame()
    {
        using var numbers = new NumbersDatabase();
        var committed = await Task.Run(() =>
        {
            var gathered = GatheredWorks.Begin()!;
            var work = new Insertion(1);
            _ = GatheredWorks.Submit(numbers.Database.Committer, work);
            var inTime = work.Done.Task.Wait(TimeSpan.FromSeconds(30));
            gathered.Commit();
            return inTime;
        });

        Assert.True(committed);
        Assert.Equal(1, numbers.Count());
    }

    [Fact]
    public void Gather_WithinAGathering_IsTheOuterOnes()
    {
        var outer = GatheredWorks.Begin()!;

        Assert.Null(GatheredWorks.Begin());

        outer.Commit();
        var again = GatheredWorks.Begin();
        Assert.NotNull(again);
        again.Commit();
    }

    /// <summary>Submits the works while a first one is held inside its transaction, so that they form one batch.</summary>
    private async Task<(Insertion Leader, List<Insertion> Followers)> SubmitBehindALeader(IEnumerable<Insertion> works, Action? leaderReturned = null)
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
        var leading = Task.Run(() => Submit(leader));
        await entered.WaitAsync();

        var followers = works.ToList();
        Assert.All(followers, work => Assert.False(_numbers.Database.Committer.Submit(work)));
        release.Set();

        await leading;
        leaderReturned?.Invoke();
        await Task.WhenAll(followers.Select(work => work.Done.Task));
        return (leader, followers);
    }

    private Task Submit(Insertion work) => _numbers.Database.Committer.Submit(work) ? Task.CompletedTask : work.Done.Task;
}
