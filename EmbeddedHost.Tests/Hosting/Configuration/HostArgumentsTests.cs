using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;

namespace EmbeddedHost.Tests.Hosting.Configuration;

public sealed class HostArgumentsTests
{
    [Fact]
    public void Parse_EveryOption_IsRead() => Assert.Equal(
        new HostArguments { Port = 7080, DataFolder = "d", Reset = true, WarmOrchestrators = 0, StatsFile = "s.json" },
        HostArguments.Parse(["--port", "7080", "--data=d", "--reset", "--cache", "0", "--stats", "s.json"]));

    [Fact]
    public void Parse_NoArguments_LeavesEverythingAsConfigured() => Assert.Equal(new HostArguments(), HostArguments.Parse([]));

    [Theory]
    [InlineData("--colour", "Unknown option '--colour'")]
    [InlineData("order", "Unknown option 'order'")]
    [InlineData("--reset=yes", "Unknown option '--reset=yes'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port=70000", "--port: expected a whole number from 0 to 65535, found '70000'")]
    [InlineData("--cache=-1", "--cache: expected a whole number")]
    public void Parse_WrongOption_SaysWhatWasExpected(string argument, string expected) => Assert.Contains(
        expected, Assert.Throws<HostStartupException>(() => HostArguments.Parse([argument])).Message, StringComparison.Ordinal);
}
