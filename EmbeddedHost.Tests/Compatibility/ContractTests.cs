using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The contract's document names the tests that hold its lines: they have to be there.</summary>
public sealed partial class ContractTests
{
    [Fact]
    public void Contract_EveryLine_NamesTestsThatExist()
    {
        var tests = typeof(ContractTests).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute), inherit: true))
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        var lines = Document().Split('\n').Where(static line => line.StartsWith('|') && line.Contains("Tests.", StringComparison.Ordinal)).ToList();

        Assert.True(lines.Count > 50, $"only {lines.Count} lines of the contract name a test");
        Assert.Empty(lines.SelectMany(static line => TestName().Matches(line).Select(static match => match.Groups["test"].Value)).Except(tests));
    }

    [Fact]
    public void Contract_EveryLine_HasATest() => Assert.All(
        Document().Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| line", StringComparison.Ordinal)),
        static line => Assert.Matches(TestName(), line));

    private static string Document()
    {
        using var reader = new StreamReader(typeof(ContractTests).Assembly.GetManifestResourceStream("Contract")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("`(?<test>\\w+Tests\\.\\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
