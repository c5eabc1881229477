namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The document of the hosts' differences names what keeps the app off each: that has to be there.</summary>
public sealed class HostsTests
{
    private const string Hosts = "hosts.md";

    [Fact]
    public void Hosts_EveryDifference_NamesTestsThatExist()
    {
        var lines = NamedTests.Rows(Hosts);

        Assert.True(lines.Count > 30, $"only {lines.Count} differences are listed");
        Assert.Empty(lines.SelectMany(NamedTests.In).Except(NamedTests.OfTheHost).Except(NamedTests.OfTheApps));
    }

    [Fact]
    public void Hosts_EveryDifference_HasATestOrAReason() => Assert.All(
        NamedTests.Rows(Hosts),
        static line => Assert.True(line.Split('|') is [_, _, var keeping, _] && keeping.Trim().Length > 20, line));
}
