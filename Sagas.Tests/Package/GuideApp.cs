using System.Text.RegularExpressions;
using EmbeddedHost.Tests.Compatibility;
using EmbeddedHost.Tests.Package;

namespace Sagas.Tests.Package;

/// <summary>The files of the guide's app, as somebody has them who follows the guide.</summary>
internal static partial class GuideApp
{
    private const string HostJson = """{ "version": "2.0" }""";

    private static readonly string[] Sources = ["Trip.cs", "TripSaga.cs", "TripFunctions.cs", "TripApi.cs"];

    /// <summary>Their contents by name.</summary>
    /// <param name="packages">The packages that it refers to, in place of the versions that the guide names.</param>
    public static IReadOnlyDictionary<string, string> Files(PackedProjects packages)
    {
        var guide = File.ReadAllText(Repository.Path("docs", "write-a-saga.md"));
        var files = Sources.ToDictionary(static name => name, static name => File.ReadAllText(Repository.Path("Sagas.Tests", "Guide", name)), StringComparer.Ordinal);
        files["Trips.csproj"] = packages.Ids.Aggregate(First(guide, "xml"), (project, id) => WithVersion(project, id, packages.Version));
        files["Program.cs"] = First(guide, "csharp");
        files["host.json"] = HostJson;
        return files;
    }

    private static string First(string guide, string language)
    {
        var block = Block().Matches(guide).FirstOrDefault(block => block.Groups["language"].Value == language);
        return block is not null ? block.Groups["code"].Value : throw new InvalidOperationException($"The guide has no block of {language}.");
    }

    private static string WithVersion(string project, string id, string version)
    {
        var reference = new Regex($"(?<=<PackageReference Include=\"{Regex.Escape(id)}\" Version=\")[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(1));
        return reference.IsMatch(project) ? reference.Replace(project, version) : throw new InvalidOperationException($"The guide's project does not refer to {id}.");
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
