using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;

namespace EmbeddedHost.Tests.Hosting.Configuration;

public sealed class HostArgumentsTests
{
    [Fact]
    public void Parse_EveryOption_IsRead() => Assert.Equal(
        new HostArguments
        {
            Port = 7080,
            Address = IPAddress.Any,
            RequireKeys = true,
            DataFolder = "d",
            Reset = true,
            WarmOrchestrators = 0,
            StatsFile = "s.json",
            CreateKeys = true,
            KeySet = "pay",
            KeyOverlap = TimeSpan.FromHours(2),
            ListKeys = true,
        },
        HostArguments.Parse(
        [
            "--port", "7080", "--address", "0.0.0.0", "--require-keys", "--data=d", "--reset", "--cache", "0", "--stats", "s.json",
            "--create-keys", "pay", "--valid-for", "2", "--list-keys",
        ]));

    [Theory]
    [InlineData("--create-keys")]
    [InlineData("--create-keys", "--valid-for", "24")]
    public void Parse_CreateKeysWithoutASet_IsForAll(params string[] arguments) =>
        Assert.Equal(new HostArguments { CreateKeys = true }, HostArguments.Parse(arguments));

    [Fact]
    public void Parse_NoArguments_LeavesEverythingAsConfigured() => Assert.Equal(new HostArguments(), HostArguments.Parse([]));

    [Theory]
    [InlineData("--colour", "Unknown option '--colour'")]
    [InlineData("order", "Unknown option 'order'")]
    [InlineData("--reset=yes", "Unknown option '--reset=yes'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--address=here", "--address: expected an IP address such as 0.0.0.0, found 'here'")]
    [InlineData("--valid-for=ever", "--valid-for: expected a whole number")]
    [InlineData("--port=70000", "--port: expected a whole number from 0 to 65535, found '70000'")]
    [InlineData("--cache=-1", "--cache: expected a whole number")]
    public void Parse_WrongOption_SaysWhatWasExpected(string argument, string expected) => Assert.Contains(
        expected, Assert.Throws<HostStartupException>(() => HostArguments.Parse([argument])).Message, StringComparison.Ordinal);
}
