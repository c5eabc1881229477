using System.Runtime.InteropServices;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>The .NET SDK that belongs to the running runtime: its compiler, reference assemblies and source generators.</summary>
internal sealed class DotnetSdk
{
    // A build runs these only where a property of the project asks for them, as this one's does not.
    private static readonly HashSet<string> OnRequest = new(StringComparer.Ordinal)
    {
        "Microsoft.Extensions.Configuration.Binder.SourceGeneration",
        "Microsoft.AspNetCore.Http.RequestDelegateGenerator",
    };

    private readonly string _root;

    private DotnetSdk(string root, string sdk)
    {
        _root = root;
        Compiler = Path.Combine(sdk, "Roslyn", "bincore", "csc.dll");
    }

    public string Host => Path.Combine(_root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    public string Compiler { get; }

    /// <exception cref="DirectoryNotFoundException">The runtime has no SDK of its version beside it.</exception>
    public static DotnetSdk Locate()
    {
        // shared/Microsoft.NETCore.App/VERSION/ lies three levels under the folder that also holds sdk/ and packs/.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new DotnetSdk(root, NewestVersion(Path.Combine(root, "sdk")));
    }

    /// <summary>The reference assemblies of a shared framework, such as <c>Microsoft.NETCore.App</c>.</summary>
    public IReadOnlyList<string> ReferenceAssemblies(string framework) =>
        Directory.GetFiles(Path.Combine(Pack(framework), "ref", $"net{Environment.Version.Major}.0"), "*.dll");

    /// <summary>The source generators that a build against a shared framework runs without being asked to.</summary>
    public IReadOnlyList<string> Generators(string framework) =>
    [
        .. Directory.GetFiles(Path.Combine(Pack(framework), "analyzers", "dotnet", "cs"), "*.dll")
            .Where(static path => !OnRequest.Contains(Path.GetFileNameWithoutExtension(path))),
    ];

    private string Pack(string framework) => NewestVersion(Path.Combine(_root, "packs", $"{framework}.Ref"));

    private static string NewestVersion(string folder)
    {
        var prefix = $"{Environment.Version.Major}.";
        var versions = Directory.Exists(folder) ? new DirectoryInfo(folder).GetDirectories(prefix + "*") : [];
        return versions
            .MaxBy(version => Version.TryParse(version.Name.Split('-')[0], out var number) ? number : new Version())
            ?.FullName
            ?? throw new DirectoryNotFoundException(
                $"The compatibility tests need the .NET {prefix}x SDK: expected a {prefix}x folder in '{folder}', found none. Install the SDK that runs these tests.");
    }
}
