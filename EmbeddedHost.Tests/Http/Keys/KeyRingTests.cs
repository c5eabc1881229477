using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Http.Keys;

public sealed class KeyRingTests : IDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(2);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly LogLines _log = new();
    private readonly KeyStore _store;
    private readonly KeyRing _ring;

    public KeyRingTests()
    {
        _store = new KeyStore(_folder.Path);
        _ring = new KeyRing(_store, [], _clock, _log);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Secret_IsItsKeyUntilTheOverlapIsOver()
    {
        var first = Make("pay");
        var second = Make("pay");

        _clock.Advance(Overlap - TimeSpan.FromSeconds(1));
        Assert.Equal("pay", _ring.Find(first)?.Set);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_ring.Find(first));
        Assert.Equal("pay", _ring.Find(second)?.Set);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(180)]
    [InlineData(2880)]
    public void Find_ClockIsSet_KeysFollowIt(int minutes)
    {
        var first = Make("pay");
        var second = Make("pay");

        _clock.Advance(Overlap + TimeSpan.FromMinutes(minutes));
        Assert.Null(_ring.Find(first));
        _clock.Advance(-TimeSpan.FromMinutes(minutes) - Overlap - TimeSpan.FromDays(1));

        Assert.Equal("pay", _ring.Find(first)?.Set);
        Assert.Equal("pay", _ring.Find(second)?.Set);
    }

    [Fact]
    public void Make_AThirdKey_DoesNotProlongTheFirst()
    {
        var first = Make("pay");
        _ = Make("pay");
        _clock.Advance(Overlap / 2);
        _ = Make("pay");
        _clock.Advance(Overlap / 2);

        Assert.Null(_ring.Find(first));
        Assert.Equal(3, _store.Read().Count);
        _ = Make("other");
        Assert.Equal(3, _store.Read().Count);
    }

    [Fact]
    public void Find_WhatIsNoKey_IsNull()
    {
        Assert.True(_ring.IsEmpty);
        var secret = Make("pay");

        Assert.False(_ring.IsEmpty);
        Assert.Null(_ring.Find(""));
        Assert.Null(_ring.Find(secret + "A"));
        Assert.Null(_ring.Find(Convert.ToHexString(_store.Read()[0].Hash)));
    }

    [Fact]
    public void IsEmpty_OnceAllKeysHaveEnded_IsTrue()
    {
        _ = Make("pay");
        _store.Change(keys => keys.Select(key => key.EndingAt(_clock.GetUtcNow())));

        Assert.True(_ring.IsEmpty);
    }

    [Fact]
    public void Store_HoldsNoSecret()
    {
        var secret = Make(KeySet.Master);

        Assert.Equal(43, secret.Length);
        Assert.DoesNotContain(secret, File.ReadAllText(_store.FilePath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("""[{"set":"_master"}]""")]
    [InlineData("""[{"set":"","hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]""")]
    [InlineData("""[{"set":"_master","hash":"AAAA"}]""")]
    public void Store_ThatIsNoKeyFile_SaysWhichAndWhatToDo(string content)
    {
        _ = _folder.Write("keys.json", content);

        var error = Assert.Throws<HostStartupException>(() => _ring.IsEmpty);

        Assert.Contains(_store.FilePath, error.Message, StringComparison.Ordinal);
        Assert.Contains("--create-keys", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AccessKey", error.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Find_FileDamagedMeanwhile_FailsEachTimeAndIsLoggedOnce()
    {
        var secret = Make("pay");
        Assert.NotNull(_ring.Find(secret));
        var whole = File.ReadAllText(_store.FilePath);

        Write("damaged", seconds: 1);
        for (var call = 0; call < 3; call++)
        {
            Assert.Contains(_store.FilePath, Assert.Throws<HostStartupException>(() => _ring.Find(secret)).Message, StringComparison.Ordinal);
        }

        Assert.Contains(_store.FilePath, Assert.Single(_log.Lines), StringComparison.Ordinal);
        Write(whole, seconds: 2);
        Assert.NotNull(_ring.Find(secret));

        // A file system's clock may be coarser than the test is quick.
        void Write(string content, int seconds) => File.SetLastWriteTimeUtc(_folder.Write("keys.json", content), DateTime.UtcNow.AddSeconds(seconds));
    }

    [Fact]
    public void Change_WhileAnotherProcessChangesThem_IsRefused()
    {
        var error = Assert.Throws<HostStartupException>(() => _store.Change(keys =>
        {
            _ = Make("pay");
            return keys;
        }));

        Assert.Contains("Try again", error.Message, StringComparison.Ordinal);
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    private string Make(string set) => KeyMaker.Make(_store, [set], Overlap, _clock.GetUtcNow())[0].Secret;
}
