using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment.Containers;

/// <summary>The app's image, as the SDK makes it on an empty base: its configuration, and its files in a folder.</summary>
public sealed class AppImage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("image-").FullName;

    /// <summary>What a container of it runs, and as whom.</summary>
    public JsonElement Configuration { get; private set; }

    /// <summary>Where the image's files are.</summary>
    public string Root => Path.Combine(_folder, "root");

    public async Task InitializeAsync()
    {
        await using var empty = await BaseImage.StartAsync();
        var archive = Path.Combine(_folder, "image.tar");
        // The tests' own build of it: another one beside the running tests would write where they read.
        var build = typeof(AppImage).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var run = await Tool.RunAsync(
            "dotnet",
            // No build server outlives it.
            new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1" },
            ["publish", Repository.PathOf("OrderSagaFunctions"), "-t:PublishContainer", "--no-build", "-c", build, $"-p:PublishDir={_folder}/published/", $"-p:ContainerBaseImage={empty.Name}", $"-p:ContainerArchiveOutputPath={archive}"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);

        var unpacked = Path.Combine(_folder, "unpacked");
        Unpack(File.OpenRead(archive), unpacked);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(unpacked, "manifest.json")));
        var image = manifest.RootElement[0];
        Configuration = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(unpacked, image.GetProperty("Config").GetString()!)))
            .RootElement.GetProperty("config");
        foreach (var layer in image.GetProperty("Layers").EnumerateArray())
        {
            Unpack(new GZipStream(File.OpenRead(Path.Combine(unpacked, layer.GetString()!)), CompressionMode.Decompress), Root);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The words of one of the configuration's commands.</summary>
    public string[] Words(string property) => [.. Configuration.GetProperty(property).EnumerateArray().Select(static word => word.GetString()!)];

    private static void Unpack(Stream tar, string folder)
    {
        _ = Directory.CreateDirectory(folder);
        using (tar)
        {
            TarFile.ExtractToDirectory(tar, folder, overwriteFiles: false);
        }
    }
}
