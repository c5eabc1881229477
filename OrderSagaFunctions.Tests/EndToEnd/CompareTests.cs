using Bench.Compare;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The benchmark's comparison of two builds, in short.</summary>
public sealed class CompareTests
{
    private static readonly string Build = Path.Combine(AppContext.BaseDirectory, "OrderSagaFunctions.dll");

    [Fact]
    public async Task Compare_ABuildWithItself_TellsBothAndTheirRatioOnEachPath()
    {
        using var output = new StringWriter();

        Assert.Equal(0, await new CompareRun(new CompareOptions(Build, Pairs: 1, Rounds: 3, Slice: 4, InFlight: 4, WarmUp: 4), output).RunAsync());

        var rows = output.ToString().ReplaceLineEndings("\n").Split('\n')
            .Where(static line => line.StartsWith("saga-", StringComparison.Ordinal))
            .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)));
        Assert.Equal(
            ["saga-success before", "saga-success now", "saga-success ratio", "saga-compensate before", "saga-compensate now", "saga-compensate ratio"], rows);
    }

    [Theory]
    [InlineData("'--before' is missing")]
    [InlineData("there is no 'nowhere.dll'", "--before", "nowhere.dll")]
    public void Parse_NoOtherBuild_SaysWhatIsMissing(string said, params string[] arguments) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => CompareOptions.Parse(arguments)).Message, StringComparison.Ordinal);
}
