using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using EmbeddedHost.Tests.Compatibility;
using EmbeddedHost.Tests.Storage;

namespace EmbeddedHost.Tests.Package;

/// <summary>Packages of this repository, made once from what the tests were built with, in a local folder that an app can restore them from.</summary>
/// <param name="ids">The packages' ids by the folder of their project.</param>
public abstract class PackedProjects(IReadOnlyDictionary<string, string> ids) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    /// <summary>What an app names in its <c>PackageReference</c>s.</summary>
    public IEnumerable<string> Ids => ids.Values;

    /// <summary>The folder that the packages are in.</summary>
    public string Feed => _folder.Path;

    /// <summary>The version of all of them, which no other run gives: a cache cannot have another package under it.</summary>
    public string Version { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var configuration = typeof(PackedProjects).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var suffix = $"test-{Guid.NewGuid():N}";
        foreach (var (project, id) in ids)
        {
            await DotnetTool.RunAsync(
                Repository.Root,
                "pack", project, "--no-build", "--configuration", configuration, "--output", Feed,
                "--version-suffix", suffix, $"-p:NuspecOutputPath={_folder.File("obj")}");
            Version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Feed, $"{id}.*.nupkg")))[(id.Length + 1)..];
        }

        // An app takes all of them under one version.
        Assert.All(Ids, id => Assert.True(File.Exists(PathOf(id, "nupkg")), $"{id} is packed under another version than {Version}."));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The files in a package, or in the one of its symbols.</summary>
    public IReadOnlyList<string> Files(string id, string extension)
    {
        using var package = ZipFile.OpenRead(PathOf(id, extension));
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }

    /// <summary>What a package says of itself, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata(string id)
    {
        using var package = ZipFile.OpenRead(PathOf(id, "nupkg"));
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        return metadata.Elements().ToDictionary(static element => element.Name.LocalName, static element => element.Value, StringComparer.Ordinal);
    }

    /// <summary>Where a package is.</summary>
    public string PathOf(string id, string extension) => _folder.File($"{id}.{Version}.{extension}");
}
