using System.Text.RegularExpressions;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The values of an azd environment: whoever deploys finds each in the guide, and the pipeline hands each on.</summary>
public sealed partial class EnvironmentValuesTests
{
    [Theory]
    [InlineData("docs", "deployment.md")]
    [InlineData(".github", "workflows", "deploy.yml")]
    public void Values_OfTheParametersFile_AreNamedThere(params string[] file)
    {
        var text = Repository.Read(file);
        var values = Value().Matches(Repository.Read("infra", "main.parameters.json")).Select(static match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.Contains(value, text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
