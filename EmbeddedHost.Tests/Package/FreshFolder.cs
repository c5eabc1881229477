using System.Text.Json;
using EmbeddedHost.Tests.Storage;

namespace EmbeddedHost.Tests.Package;

/// <summary>A folder outside of this repository, which has the packages of this repository and none of its settings.</summary>
internal sealed class FreshFolder : IDisposable
{
    private const string Nothing = "<Project />";

    // What the packages ask for has to be enough: a version that is not served, or too low, is an error here.
    private const string Strict =
        """
        <Project>
          <PropertyGroup>
            <WarningsAsErrors>$(WarningsAsErrors);NU1603;NU1605</WarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    private readonly TempFolder _folder = new();
    private readonly PackedProjects _packages;

    /// <param name="packages">The packages that can be restored here, beside those of the machine's own sources.</param>
    /// <param name="files">What else is in it: contents by name.</param>
    public FreshFolder(PackedProjects packages, IReadOnlyDictionary<string, string> files)
    {
        _packages = packages;
        Dictionary<string, string> surroundings = new(StringComparer.Ordinal)
        {
            ["nuget.config"] = $"""<configuration><packageSources><add key="packed" value="{packages.Feed}" /></packageSources></configuration>""",
            // Nothing of a folder above comes in.
            ["Directory.Build.props"] = Strict,
            ["Directory.Build.targets"] = Nothing,
            ["Directory.Packages.props"] = Nothing,
        };
        foreach (var (name, content) in surroundings.Concat(files))
        {
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_folder.File(name))!);
            File.WriteAllText(_folder.File(name), content);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path => _folder.Path;

    /// <summary>Runs a command of .NET in it.</summary>
    public Task DotnetAsync(params string[] arguments) => DotnetTool.RunAsync(Path, arguments);

    public void Dispose()
    {
        // A restore has unpacked the packages into the machine's folder of packages: nobody else will ever ask for this version.
        foreach (var folder in Directory.EnumerateFiles(Path, "project.assets.json", SearchOption.AllDirectories).SelectMany(PackageFolders).ToHashSet(StringComparer.Ordinal))
        {
            foreach (var id in _packages.Ids)
            {
                RemoveVersion(new DirectoryInfo(System.IO.Path.Combine(folder, id.ToLowerInvariant())));
            }
        }

        _folder.Dispose();
    }

    private void RemoveVersion(DirectoryInfo package)
    {
        var version = new DirectoryInfo(System.IO.Path.Combine(package.FullName, _packages.Version));
        if (version.Exists)
        {
            version.Delete(recursive: true);
        }

        if (package.Exists && !package.EnumerateFileSystemInfos().Any())
        {
            package.Delete();
        }
    }

    private static List<string> PackageFolders(string assets)
    {
        using var restored = JsonDocument.Parse(File.ReadAllBytes(assets));
        return [.. restored.RootElement.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
    }
}
