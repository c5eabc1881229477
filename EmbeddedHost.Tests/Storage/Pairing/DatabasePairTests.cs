using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Storage.Pairing;

/// <summary>Two files that are one state: they are opened as they were left together, or refused before anything is changed.</summary>
public sealed class DatabasePairTests : IDisposable
{
    private const string Hub = "hub.db";
    private const string Tables = "tables.db";

    private readonly PairFolder _folder = new();

    public static TheoryData<string, string> Mismatches
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var how in (string[])["deleted", "emptied", "older", "another's"])
            {
                data.Add(Hub, how);
                data.Add(Tables, how);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AsItWasLeft_IsOpened()
    {
        _folder.Run();
        _folder.Run();
        using var copy = _folder.Copy();

        _folder.Run();
        copy.Run();
    }

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void Open_OneFileIsNotThePartner_IsRefusedNamingBothAndChangesNothing(string name, string how)
    {
        Spoil(name, how);
        var before = _folder.Contents();

        var refusal = Assert.Throws<StorageException>(() => _folder.Run());

        Assert.Contains(_folder.FileOf(Hub), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.FileOf(Tables), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-mismatch", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Contents());
    }

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void Open_MismatchAccepted_MakesAPairAnew(string name, string how)
    {
        Spoil(name, how);

        using (var accepted = _folder.Open(acceptMismatch: true))
        {
            Assert.NotNull(accepted.Pair.AcceptedMismatch);
            accepted.Commit();
        }

        _folder.Run();
    }

    [Fact]
    public void Open_AcceptedWithoutAMismatch_IsRefused()
    {
        Assert.Contains("nothing to accept", Assert.Throws<StorageException>(() => _folder.Run(acceptMismatch: true)).Message, StringComparison.Ordinal);
        _folder.Run();
        Assert.Contains("nothing to accept", Assert.Throws<StorageException>(() => _folder.Run(acceptMismatch: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hub)]
    [InlineData(Tables)]
    public void Open_FileOfAKilledHostIsFromEarlierInTheSameRun_IsRefused(string name)
    {
        using var live = _folder.Open();
        live.Commit();
        using var earlier = _folder.Copy(file => file.StartsWith(name, StringComparison.Ordinal));
        live.Commit();
        live.Commit();
        using var killed = _folder.Copy(file => !file.StartsWith(name, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(earlier.Path))
        {
            File.Copy(file, killed.FileOf(Path.GetFileName(file)));
        }

        Assert.Contains($"'{killed.FileOf(name)}' has ", Assert.Throws<StorageException>(() => killed.Run()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Open_LogsOfAKilledHostAreLeftOut_IsRefused(int commits)
    {
        using var live = _folder.Open();
        for (var i = 0; i < commits; i++)
        {
            live.Commit();
        }

        using var killed = _folder.Copy(static file => file.EndsWith(".db", StringComparison.Ordinal));

        _ = Assert.Throws<StorageException>(() => killed.Run());
    }

    [Theory]
    [InlineData(Hub)]
    [InlineData(Tables)]
    public void Open_OneLogAndItsIndexAreLeftOut_IsRefused(string name)
    {
        using var live = _folder.Open();
        live.Commit();
        live.Commit();
        using var killed = _folder.Copy(file => !file.StartsWith(name + "-", StringComparison.Ordinal));

        Assert.Contains($"{name}-wal", Assert.Throws<StorageException>(() => killed.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CopiesThatLivedApart_DoNotMix()
    {
        _folder.Run();
        using var copy = _folder.Copy();
        _folder.Run();
        copy.Run();
        copy.Run();

        _folder.Replace(Tables, copy);

        _ = Assert.Throws<StorageException>(() => _folder.Run());
    }

    [Fact]
    public void Open_KilledAtAnyCommit_IsAPair()
    {
        _folder.Run();
        var snapshots = new Snapshots(_folder);
        using (var live = _folder.Open(gate: snapshots))
        {
            live.Commit();
        }

        // Four commits of the start and two others, each before and after.
        Assert.Equal(12, snapshots.Taken.Count);
        snapshots.AssertEachOpens();
    }

    [Fact]
    public void Open_KilledAtAnyCommitOfTheFirstStart_IsAPair()
    {
        var snapshots = new Snapshots(_folder);
        using (_folder.Open(gate: snapshots))
        {
        }

        Assert.Equal(8, snapshots.Taken.Count);
        snapshots.AssertEachOpens();
    }

    [Theory]
    [InlineData(Hub)]
    [InlineData(Tables)]
    public void Open_FilesWereMadeAndNothingWritten_IsAPair(string name)
    {
        // What a crash leaves that comes before the first commit: two files, one or both of them empty.
        File.WriteAllBytes(_folder.FileOf(Hub), []);
        File.WriteAllBytes(_folder.FileOf(Tables), []);
        using (var other = new PairFolder())
        {
            using var session = new SqliteSession(other.FileOf(name), readOnly: false);
            session.BeginWriting(isDurable: true);
            session.Dispose();
            _folder.Replace(name, other);
        }

        _folder.Run();
    }

    [Fact]
    public void Open_LockFileDeletedWhileAHostRuns_IsRefused()
    {
        using var live = _folder.Open();
        File.Delete(_folder.FileOf("host.lock"));

        var refusal = Assert.Throws<StorageException>(() => _folder.Run());

        Assert.Contains($"'{_folder.FileOf(Hub)}' is in use by another process", refusal.Message, StringComparison.Ordinal);
        live.Commit();
    }

    [Theory]
    [InlineData(Hub)]
    [InlineData(Tables)]
    public void Commit_AnotherHostHasStartedSince_IsRefused(string name)
    {
        using var first = _folder.Open();
        first.LoseLocks();
        using var second = _folder.Open();

        var error = PairFolder.Opened.CommitTo(name == Hub ? first.Pair.Hub : first.Pair.Tables);

        Assert.Contains("taken over by another process", Assert.IsType<StorageException>(error).Message, StringComparison.Ordinal);
        second.Commit();
    }

    [Fact]
    public void Read_ByAnotherProgramWhileOpen_IsPossible()
    {
        using var live = _folder.Open();
        live.Commit();

        using var reader = new SqliteSession(_folder.FileOf(Hub), readOnly: true);

        Assert.Equal(1L, reader.Scalar("SELECT count(*) FROM pair"));
        live.Commit();
    }

    private void Spoil(string name, string how)
    {
        _folder.Run();
        using var older = _folder.Copy();
        _folder.Run();
        switch (how)
        {
            case "deleted":
                _folder.Delete(name);
                break;
            case "emptied":
                File.WriteAllBytes(_folder.FileOf(name), []);
                break;
            case "older":
                _folder.Replace(name, older);
                break;
            default:
                using (var other = new PairFolder())
                {
                    other.Run();
                    _folder.Replace(name, other);
                }

                break;
        }
    }

    /// <summary>Copies the folder at each commit, before and after it: what a kill at that moment leaves.</summary>
    private sealed class Snapshots(PairFolder folder) : ICommitGate
    {
        public List<PairFolder> Taken { get; } = [];

        public bool IsShut => false;

        public void Enter(string database, int works) => Taken.Add(folder.Copy());

        public void Leave(string database, int works) => Taken.Add(folder.Copy());

        public void AssertEachOpens()
        {
            foreach (var snapshot in Taken)
            {
                using (snapshot)
                {
                    snapshot.Run();
                }
            }
        }
    }
}
