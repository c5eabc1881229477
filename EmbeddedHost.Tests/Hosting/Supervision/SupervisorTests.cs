using System.Diagnostics;
using EmbeddedHost.Hosting.Supervision;

namespace EmbeddedHost.Tests.Hosting.Supervision;

/// <summary>What a supervisor does when its child ends, with shells as children. Signals and hosts are in the app's tests, over processes.</summary>
public sealed class SupervisorTests : IDisposable
{
    private const string Killed = "kill -9 $$";
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 1", 1)]
    [InlineData("kill -2 $$", 130)]
    [InlineData("kill -3 $$", 131)]
    [InlineData("kill -15 $$", 143)]
    public void Run_ChildEndsByItselfOrIsStopped_EndsWithItsCode(string child, int code)
    {
        Assert.Equal(code, Run(child, again: "exit 9"));
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData(9)]
    [InlineData(6)]
    [InlineData(11)]
    public void Run_ChildIsKilledOrCrashes_IsStartedAgainAndItSaysSo(int signal)
    {
        Assert.Equal(7, Run($"kill -{signal} $$", again: "exit 7"));
        Assert.Equal($"The host was killed (signal {signal}): starting it again.{Environment.NewLine}", _output.ToString());
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public void Run_ChildIsKilledAgainAndAgain_GivesUpWithASentence()
    {
        Assert.Equal(137, Run(Killed, Killed));
        Assert.Equal(Supervisor.MostCrashes - 1, RestartsSaid());
        Assert.StartsWith("The host was killed (signal 9) 10 times within 60 s: it is not started again.", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ChildIsKilledOftenButNotAtOnce_GoesOn()
    {
        var file = Path.Combine(_folder.Path, "starts");
        var child = $"echo x >> '{file}'; if [ $(wc -l < '{file}') -gt 30 ]; then exit 7; fi; {Killed}";

        Assert.Equal(7, Run(child, child, new SlowClock()));
        Assert.Equal(30, RestartsSaid());
        Assert.Equal("", _errors.ToString());
    }

    private int Run(string first, string again, TimeProvider? time = null) =>
        new Supervisor(time ?? TimeProvider.System, _output, _errors).Run(Shell(first), Shell(again));

    private static ProcessStartInfo Shell(string command) => new("/bin/sh", ["-c", command]) { UseShellExecute = false };

    private int RestartsSaid() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>A clock that goes on by eight seconds each time when it is looked at.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 8;
    }
}
