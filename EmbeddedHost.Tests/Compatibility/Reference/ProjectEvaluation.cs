using System.Diagnostics;
using System.Text.Json;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>What MSBuild makes of a project under given properties, without restoring or building it.</summary>
internal sealed class ProjectEvaluation
{
    private readonly JsonElement _properties;
    private readonly JsonElement _items;

    private ProjectEvaluation(JsonElement evaluated) =>
        (_properties, _items) = (evaluated.GetProperty("Properties"), evaluated.GetProperty("Items"));

    /// <summary>A property's value; it has to be among those asked for.</summary>
    public string this[string property] => _properties.GetProperty(property).GetString()!;

    /// <summary>Evaluates a project.</summary>
    /// <param name="project">Its folder in the repository.</param>
    /// <param name="arguments">What MSBuild is told besides, such as <c>-p:DurableHost=Azure</c>.</param>
    public static async Task<ProjectEvaluation> OfAsync(string project, params string[] arguments)
    {
        var (output, exitCode) = await RunAsync(
            project,
            [
                .. arguments,
                "-getProperty:DurableHost,BaseIntermediateOutputPath,BaseOutputPath,TreatWarningsAsErrors",
                "-getItem:PackageReference,PackageVersion,ProjectReference,Compile,None",
            ]);
        return exitCode == 0
            ? new ProjectEvaluation(JsonSerializer.Deserialize<JsonElement>(output))
            : throw new InvalidOperationException($"MSBuild could not evaluate {project}: {output}");
    }

    /// <summary>Runs MSBuild on a project, and gives what it wrote.</summary>
    public static async Task<(string Output, int ExitCode)> RunAsync(string project, params string[] arguments)
    {
        // No node is left behind, and what the caller's environment says about the host is not taken over.
        var start = new ProcessStartInfo(DotnetSdk.Locate().Host, ["msbuild", Repository.Path(project), "-nologo", "-nodeReuse:false", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["DurableHost"] = null },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output, process.ExitCode);
    }

    /// <summary>The items of a type, each with its metadata; "Identity" is what the project includes.</summary>
    public IReadOnlyList<JsonElement> Items(string type) => [.. _items.GetProperty(type).EnumerateArray()];

    /// <summary>What the project includes as items of a type.</summary>
    public IReadOnlyList<string> Names(string type) => [.. Items(type).Select(static item => item.GetProperty("Identity").GetString()!)];
}
