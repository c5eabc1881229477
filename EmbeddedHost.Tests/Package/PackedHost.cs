using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using EmbeddedHost.Tests.Compatibility;
using EmbeddedHost.Tests.Storage;

namespace EmbeddedHost.Tests.Package;

/// <summary>The package, made once from what the tests were built with, in a local folder that an app can restore it from.</summary>
public sealed class PackedHost : IAsyncLifetime
{
    /// <summary>What an app names in its <c>PackageReference</c>.</summary>
    public const string Id = "DurableFunctions.EmbeddedHost";

    private readonly TempFolder _folder = new();

    /// <summary>The folder that the package is in.</summary>
    public string Feed => _folder.Path;

    /// <summary>Its version, which no other run gives: a cache cannot have another package under it.</summary>
    public string Version { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var configuration = typeof(PackedHost).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        await DotnetTool.RunAsync(
            Repository.Root,
            "pack", "EmbeddedHost", "--no-build", "--configuration", configuration, "--output", Feed,
            "--version-suffix", $"test-{Guid.NewGuid():N}", $"-p:NuspecOutputPath={_folder.File("obj")}");
        var file = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Feed, "*.nupkg")));
        Version = file[(Id.Length + 1)..];
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The files in the package, or in the one of its symbols.</summary>
    public IReadOnlyList<string> Files(string extension)
    {
        using var package = ZipFile.OpenRead(PathOf(extension));
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }

    /// <summary>What the package says of itself, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata()
    {
        using var package = ZipFile.OpenRead(PathOf("nupkg"));
        using var nuspec = package.GetEntry($"{Id}.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        return metadata.Elements().ToDictionary(static element => element.Name.LocalName, static element => element.Value, StringComparer.Ordinal);
    }

    private string PathOf(string extension) => _folder.File($"{Id}.{Version}.{extension}");
}
