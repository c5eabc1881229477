using System.Text.Json;
using EmbeddedHost.Tests.Compatibility;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Azurite in the version that package.json names, installed once into the folder of intermediate files, by npm.</summary>
internal static class AzuriteInstallation
{
    private const string Package = "azurite";

    /// <summary>The script that is the server.</summary>
    /// <exception cref="InvalidOperationException">npm is not installed, or could not install it.</exception>
    public static async Task<string> ScriptAsync()
    {
        var version = Version();
        var folder = Repository.Path("EmbeddedHost.Tests", "obj", $"{Package}-{version}");
        if (!Directory.Exists(folder))
        {
            await InstallAsync(version, folder);
        }

        return Path.Combine(folder, "node_modules", Package, "dist", "src", "azurite.js");
    }

    private static string Version()
    {
        using var package = typeof(AzuriteInstallation).Assembly.GetManifestResourceStream("package.json")!;
        return JsonDocument.Parse(package).RootElement.GetProperty("devDependencies").GetProperty(Package).GetString()!;
    }

    private static async Task InstallAsync(string version, string folder)
    {
        // Installed under another name and then moved: what stops half-way is not taken for an installation.
        var unfinished = Directory.CreateDirectory($"{folder}-{Environment.ProcessId}").FullName;
        var start = NodeTool.StartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            "install", "--prefix", unfinished, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", $"{Package}@{version}");
        start.RedirectStandardError = true;
        using var npm = NodeTool.Start(start);
        var errors = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            Directory.Delete(unfinished, recursive: true);
            throw new InvalidOperationException($"npm could not install {Package}@{version}, and ended with {npm.ExitCode}: {errors}");
        }

        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another test run was first.
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
