using System.Xml.Linq;
using EmbeddedHost.Tests.Compatibility;

namespace EmbeddedHost.Tests.Package.Samples;

/// <summary>What is written down more than once beside the samples.</summary>
public sealed class SampleFilesTests
{
    [Fact]
    public void Projects_Packages_AreOfTheVersionsOfThisRepository()
    {
        var versions = Versions("Directory.Packages.props", "PackageVersion");
        versions[PackedHost.Id] = XDocument.Load(Repository.Path("build", "Package.props")).Descendants("VersionPrefix").Single().Value;

        var others = SampleApps.Projects
            .SelectMany(static name => Versions(Path.Combine("samples", name, $"{name}.csproj"), "PackageReference"))
            .Where(package => versions.GetValueOrDefault(package.Key) is { } version && version != package.Value);

        Assert.Empty(others);
    }

    [Fact]
    public void Readme_Samples_AreAllListed() =>
        Assert.Equal(
            SampleApps.Projects,
            File.ReadLines(Repository.Path("samples", "README.md"))
                .Where(static line => line.StartsWith("| [", StringComparison.Ordinal))
                .Select(static line => line[3..line.IndexOf(']', StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Versions(string file, string element) => XDocument.Load(Repository.Path(file)).Descendants(element)
        .ToDictionary(static package => package.Attribute("Include")!.Value, static package => package.Attribute("Version")!.Value, StringComparer.Ordinal);
}
