using System.Text.RegularExpressions;
using OrderSagaFunctions.Tests.Deployment;
using Sagas.Tests.Architecture;

namespace OrderSagaFunctions.Tests.Architecture;

public sealed partial class FolderTests
{
    private const int FilesOfAnOrder = 20;

    [Fact]
    public void Folders_OfTheApp_DependOnEachOtherInNoCircle() =>
        Assert.Empty(FolderCircles.Of(Repository.PathOf("OrderSagaFunctions"), nameof(OrderSagaFunctions)));

    [Fact]
    public void Files_AlongAnOrdersWay_AreTwentyAndThere()
    {
        var files = Repository.Read("docs", "saga.md").Split("\n## ").Single(static section => section.StartsWith("The code", StringComparison.Ordinal))
            .Split('\n').Where(static line => line.StartsWith('|'))
            .SelectMany(static row => FileName().Matches(row).Select(static match => match.Groups["file"].Value))
            .ToList();

        Assert.All(files, static file => Assert.True(File.Exists(Repository.PathOf("OrderSagaFunctions", $"{file}.cs")), file));
        Assert.Equal(FilesOfAnOrder, files.Distinct(StringComparer.Ordinal).Count());
    }

    [GeneratedRegex("`(?<file>[A-Za-z]+/[A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
