using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The tests that a document names in backticks, and those that there are.</summary>
internal static partial class NamedTests
{
    /// <summary>The tests of this project, inherited ones by each class that runs them.</summary>
    public static IReadOnlySet<string> OfTheHost { get; } = typeof(NamedTests).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => $"{type.Name}.{method.Name}"))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The tests of the app and of the kit, read from their sources: this project does not refer to them.</summary>
    public static IReadOnlySet<string> OfTheApps { get; } = new[] { "OrderSagaFunctions.Tests", "Sagas.Tests" }
        .SelectMany(static project => Directory.EnumerateFiles(Repository.Path(project), "*Tests.cs", SearchOption.AllDirectories))
        .SelectMany(static file => TestMethod().Matches(File.ReadAllText(file))
            .Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["method"].Value}"))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What a document names, such as <c>StatusTests.Status_UnknownInstance_Is404</c>.</summary>
    public static IEnumerable<string> In(string text) => TestName().Matches(text).Select(static match => match.Groups["test"].Value);

    /// <summary>The rows of a document's tables, without their heads.</summary>
    /// <param name="document">Its name in the folder of documents.</param>
    public static IReadOnlyList<string> Rows(string document)
    {
        var lines = File.ReadAllLines(Repository.Path("docs", document));
        return
        [
            .. lines.Zip(lines.Skip(1).Append(""))
                .Where(static pair => pair.First.StartsWith("| ", StringComparison.Ordinal) && !pair.Second.StartsWith("|---", StringComparison.Ordinal))
                .Select(static pair => pair.First),
        ];
    }

    [GeneratedRegex("`(?<test>\\w+Tests\\.\\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"^    \[(Fact|Theory)\b[^\0]*?^    public (async )?(void|Task) (?<method>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();
}
