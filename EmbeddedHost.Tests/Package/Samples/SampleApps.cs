using System.Text.RegularExpressions;
using EmbeddedHost.Tests.Compatibility;

namespace EmbeddedHost.Tests.Package.Samples;

/// <summary>The public samples, copied out of this repository and built on the package.</summary>
public sealed partial class SampleApps(PackedHost host) : IAsyncLifetime
{
    private readonly FreshFolder _folder = new(host, Files(host.Version));

    /// <summary>The projects, one in each folder of that name.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateDirectories(Repository.Path("samples")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    /// <summary>Builds all at once, each as a project of its own: what they have in common is restored once.</summary>
    public Task InitializeAsync() => DotnetAsync(
        "build", "Samples.slnx",
        // Nothing in them is to be warned of.
        "-p:TreatWarningsAsErrors=true",
        // The extensions of a Functions host, which this host does without: the other tests of the package build them.
        "-p:_FunctionsBuildEnabled=false");

    /// <summary>Runs a command of .NET where the samples are.</summary>
    public Task DotnetAsync(params string[] arguments) => _folder.DotnetAsync(arguments);

    /// <summary>Starts a sample on a free port, with the data that it has left before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="environment">What it has in its environment beside what this process has.</param>
    internal Task<AppProcess> StartAsync(string name, IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = Path.Combine(_folder.Path, name);
        var start = DotnetTool.StartInfo(folder, Path.Combine(folder, "bin", "Debug", "net10.0", $"{name}.dll"), "--port", "0");
        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        return AppProcess.StartAsync(start);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private static Dictionary<string, string> Files(string version)
    {
        var samples = Repository.Path("samples");
        var files = Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(samples, project)))
            .ToDictionary(file => Path.GetRelativePath(samples, file), File.ReadAllText, StringComparer.Ordinal);
        foreach (var project in files.Keys.Where(static name => name.EndsWith(".csproj", StringComparison.Ordinal)).ToList())
        {
            files[project] = OwnVersion().Replace(files[project], version);
        }

        files["Samples.slnx"] = $"<Solution>{string.Concat(Projects.Select(static name => $"""<Project Path="{name}/{name}.csproj" />"""))}</Solution>";
        return files;
    }

    [GeneratedRegex($"(?<=\"{PackedHost.Id}\" Version=\")[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnVersion();
}
