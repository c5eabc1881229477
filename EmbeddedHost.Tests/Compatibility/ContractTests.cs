namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The contract's document names the tests that hold its lines: they have to be there.</summary>
public sealed class ContractTests
{
    private const string Contract = "contract.md";

    [Fact]
    public void Contract_EveryLine_NamesTestsThatExist()
    {
        var lines = NamedTests.Rows(Contract);

        Assert.True(lines.Count > 50, $"only {lines.Count} lines of the contract name a test");
        Assert.Empty(lines.SelectMany(NamedTests.In).Except(NamedTests.OfTheHost));
    }

    [Fact]
    public void Contract_EveryLine_HasATest() => Assert.All(NamedTests.Rows(Contract), static line => Assert.NotEmpty(NamedTests.In(line)));
}
