using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Http.Keys;

/// <summary>The options that make and list keys.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CreateKeys_MakesOneForEachSet_AndPrintsThemOnce()
    {
        var secrets = Secrets(Run("--create-keys"));
        var ring = new KeyRing(new KeyStore(_folder.Path), [], _clock, NullLogger.Instance);

        Assert.Equal([KeySet.Master, KeySet.Host, KeySet.System, "closed", "other"], secrets.Keys);
        Assert.All(secrets, pair => Assert.Equal(pair.Key, ring.Find(pair.Value)?.Set));
        var listed = Run("--list-keys");
        Assert.All(secrets, pair => Assert.Contains($"{pair.Key}: made ", listed, StringComparison.Ordinal));
        Assert.All(secrets, pair => Assert.DoesNotContain(pair.Value, listed, StringComparison.Ordinal));
    }

    [Fact]
    public void CreateKeys_OfOneSet_EndsThatSetsEarlierKeysInTime()
    {
        var before = Secrets(Run("--create-keys"));
        var made = Secrets(Run("--create-keys", "Closed", "--valid-for", "3"));
        var ring = new KeyRing(new KeyStore(_folder.Path), [], _clock, NullLogger.Instance);

        Assert.Equal(["closed"], made.Keys);
        Assert.Contains($"closed: made {ManualClock.Start:yyyy-MM-dd HH:mm:ss}Z, valid until", Run("--list-keys"), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(3));
        Assert.Null(ring.Find(before["closed"]));
        Assert.NotNull(ring.Find(before["other"]));
        Assert.NotNull(ring.Find(made["closed"]));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("nobody")]
    public void CreateKeys_UnknownSet_NamesTheKnownOnes(string set)
    {
        var error = Assert.Throws<HostStartupException>(() => Run("--create-keys", set));

        Assert.Contains($"expected one of _master, _host, _system, closed, other, found '{set}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ListKeys_WithoutKeys_SaysHowToMakeThem() => Assert.Contains("--create-keys", Run("--list-keys"), StringComparison.Ordinal);

    [Fact]
    public void TryRun_WithoutACommand_LeavesTheStartToTheHost() => Assert.False(HostCommands.TryRun(new HostSetup()));

    [Theory]
    [InlineData("--require-keys", null)]
    [InlineData("--address", "0.0.0.0")]
    public async Task Start_WithoutKeysToAskFor_IsRefused(string option, string? value)
    {
        string[] arguments = value is null ? [option] : [option, value];
        var error = await Assert.ThrowsAsync<HostStartupException>(
            () => RunningHost.StartAsync([typeof(KeyedFunctions)], localSettings: "{}", arguments: arguments));

        Assert.Contains("--create-keys", error.Message, StringComparison.Ordinal);
        Assert.Contains($"without {option}", error.Message, StringComparison.Ordinal);
    }

    private string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.True(HostCommands.TryRun(new HostSetup
        {
            Arguments = ["--data", _folder.Path, .. arguments],
            FunctionTypes = [typeof(KeyedFunctions)],
            ContentRoot = _folder.Path,
            Output = output,
            Time = _clock,
        }));
        return output.ToString();
    }

    private static Dictionary<string, string> Secrets(string output) => output
        .Split(Environment.NewLine)
        .Where(line => line.Contains(" opens ", StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(words => words[0], words => words[1]);
}
