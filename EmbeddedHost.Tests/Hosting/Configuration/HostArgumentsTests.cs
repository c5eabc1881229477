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
            Strict = true,
        },
        HostArguments.Parse(
            ["--port", "7080", "--address", "0.0.0.0", "--require-keys", "--data=d", "--reset", "--cache", "0", "--stats", "s.json", "--strict"]));

    [Fact]
    public void Parse_EveryOptionOfACommand_IsRead()
    {
        Assert.Equal(
            new HostArguments { DataFolder = "d", CreateKeys = true, KeySet = "pay", KeyOverlap = TimeSpan.FromHours(2) },
            HostArguments.Parse(["--data", "d", "--create-keys", "pay", "--valid-for", "2"]));
        Assert.Equal(new HostArguments { DataFolder = "d", ListKeys = true }, HostArguments.Parse(["--data", "d", "--list-keys"]));
        Assert.Equal(
            new HostArguments { Demo = true, AcceptMismatch = true, Supervise = true }, HostArguments.Parse(["--demo", "--accept-mismatch", "--supervise"]));
    }

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
    [InlineData("--strict=no", "Unknown option '--strict=no'")]
    [InlineData("--reset=yes", "Unknown option '--reset=yes'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--data=", "--data needs a value")]
    [InlineData("--stats=", "--stats needs a value")]
    [InlineData("--valid-for=2", "--valid-for has no effect without --create-keys")]
    [InlineData("--address=here", "--address: expected an IP address such as 0.0.0.0, found 'here'")]
    [InlineData("--valid-for=ever", "--valid-for: expected a whole number")]
    [InlineData("--port=70000", "--port: expected a whole number from 0 to 65535, found '70000'")]
    [InlineData("--port= 7080", "--port: expected a whole number from 0 to 65535, found ' 7080'")]
    [InlineData("--port=7080.5", "--port: expected a whole number from 0 to 65535, found '7080.5'")]
    [InlineData("--cache=-1", "--cache: expected a whole number")]
    public void Parse_WrongOption_SaysWhatWasExpected(string argument, string expected) => Assert.Contains(
        expected, Assert.Throws<HostStartupException>(() => HostArguments.Parse([argument])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--port 1 --port 2", "--port is given twice")]
    [InlineData("--reset --reset", "--reset is given twice")]
    [InlineData("--create-keys --list-keys", "--list-keys has no effect with --create-keys")]
    [InlineData("--create-keys --port 1", "--port has no effect with --create-keys")]
    [InlineData("--create-keys --demo", "--demo has no effect with --create-keys")]
    [InlineData("--create-keys --supervise", "--supervise has no effect with --create-keys")]
    [InlineData("--list-keys --cache 1", "--cache has no effect with --list-keys")]
    [InlineData("--list-keys --valid-for 1", "--valid-for has no effect with --list-keys")]
    [InlineData("--list-keys --reset", "--reset has no effect with --list-keys")]
    [InlineData("--reset --accept-mismatch", "--accept-mismatch has no effect with --reset")]
    [InlineData("--demo --require-keys", "--demo makes orders fail on purpose")]
    [InlineData("--demo --address 0.0.0.0", "--demo makes orders fail on purpose")]
    public void Parse_OptionsThatDoNotGoTogether_AreRefused(string arguments, string expected) => Assert.Contains(
        expected, Assert.Throws<HostStartupException>(() => HostArguments.Parse(arguments.Split(' '))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_DemoOnLoopback_IsTaken() => Assert.True(HostArguments.Parse(["--demo", "--address", "127.0.0.1"]).Demo);

    [Fact]
    public void Parse_EmptyValue_IsRefused() => Assert.Contains(
        "--data needs a value", Assert.Throws<HostStartupException>(() => HostArguments.Parse(["--data", ""])).Message, StringComparison.Ordinal);
}
