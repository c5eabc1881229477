using EmbeddedHost.Hosting.Printing;

namespace EmbeddedHost.Tests.Hosting.Printing;

public sealed class InkTests
{
    [Theory]
    [InlineData(false, null, "\e[33mname\e[0m")]
    [InlineData(false, "", "\e[33mname\e[0m")]
    [InlineData(false, "1", "name")]
    [InlineData(true, null, "name")]
    public void ForTerminal_ColoursOnlyWhereTheyAreSeenAndWanted(bool isRedirected, string? noColor, string expected) =>
        Assert.Equal(expected, Ink.ForTerminal(isRedirected, noColor).Yellow("name"));
}
