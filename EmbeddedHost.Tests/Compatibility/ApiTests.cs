namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The document of the app's API names the test that shows each line: it has to be there.</summary>
public sealed class ApiTests
{
    private const string Api = "api.md";

    [Fact]
    public void Api_EveryLine_NamesTestsThatExist()
    {
        var lines = NamedTests.Rows(Api);

        Assert.True(lines.Count > 60, $"only {lines.Count} lines are there");
        Assert.Empty(lines.SelectMany(NamedTests.In).Except(NamedTests.OfTheApp));
    }

    [Fact]
    public void Api_EveryLine_HasATest() => Assert.All(NamedTests.Rows(Api), static line => Assert.NotEmpty(NamedTests.In(line)));
}
