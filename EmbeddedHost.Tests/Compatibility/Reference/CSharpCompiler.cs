using System.Diagnostics;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>Runs the SDK's C# compiler as its own process, as the build does, in a folder of its own.</summary>
internal sealed class CSharpCompiler(DotnetSdk sdk, string folder)
{
    /// <summary>Compiles an assembly and returns the compiler's error lines; none means that it is at <see cref="OutputPath"/>.</summary>
    public async Task<IReadOnlyList<string>> CompileAsync(Compilation compilation)
    {
        var response = Path.Combine(folder, $"{compilation.Name}.rsp");
        await File.WriteAllLinesAsync(response, Arguments(compilation));

        var start = new ProcessStartInfo(sdk.Host, ["exec", sdk.Compiler, "/noconfig", $"@{response}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        if (process.ExitCode == 0)
        {
            return [];
        }

        var errors = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.Contains("error ", StringComparison.Ordinal))
            .ToList();
        return errors.Count > 0
            ? errors
            : throw new InvalidOperationException($"The C# compiler ended with {process.ExitCode} and no error line: {output}");
    }

    /// <summary>Where a compilation of this name ends up.</summary>
    public string OutputPath(string name) => Path.Combine(folder, $"{name}.dll");

    /// <summary>Writes source text to a file that a compilation can name.</summary>
    public async Task<string> WriteSourceAsync(string fileName, string text)
    {
        var path = Path.Combine(folder, fileName);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private IEnumerable<string> Arguments(Compilation compilation) =>
    [
        "/nologo", "/nostdlib+", "/deterministic+", "/langversion:latest", "/nullable:enable", "/warn:0", "/preferreduilang:en",
        // Generators run; the analyzers beside them have nothing to say about compatibility.
        "/skipanalyzers+",
        $"/target:{(compilation.IsExecutable ? "exe" : "library")}",
        $"/out:\"{OutputPath(compilation.Name)}\"",
        .. compilation.References.Select(path => $"/reference:\"{path}\""),
        .. compilation.Generators.Select(path => $"/analyzer:\"{path}\""),
        .. compilation.Sources.Select(path => $"\"{path}\""),
    ];
}
