using System.Reflection;
using System.Xml.Linq;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>What the app's Azure build refers to, read from its project file: real packages and nothing of the embedded host.</summary>
internal sealed class AzureBuild
{
    private const string AspNetCore = "Microsoft.AspNetCore.App";
    private const string NetCore = "Microsoft.NETCore.App";

    /// <summary>The listed assemblies that each package brings, its dependencies included.</summary>
    private static readonly Dictionary<string, string[]> ListsOfPackage = new(StringComparer.Ordinal)
    {
        ["Microsoft.Azure.Functions.Worker"] =
            ["Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Core", "Microsoft.Azure.Functions.Worker.Extensions.Abstractions"],
        ["Microsoft.Azure.Functions.Worker.Extensions.Http"] = ["Microsoft.Azure.Functions.Worker.Extensions.Http"],
        ["Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore"] = ["Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore"],
        ["Microsoft.Azure.Functions.Worker.Extensions.Timer"] = ["Microsoft.Azure.Functions.Worker.Extensions.Timer"],
        ["Microsoft.Azure.Functions.Worker.Extensions.DurableTask"] =
        [
            "Microsoft.Azure.Functions.Worker.Extensions.DurableTask", "Microsoft.DurableTask.Abstractions",
            "Microsoft.DurableTask.Client", "Microsoft.DurableTask.Worker", "DurableTask.Core.History",
        ],
    };

    /// <summary>What the worker's package brings of <c>Microsoft.Extensions</c>: the generic host and what that needs.</summary>
    private static readonly HashSet<string> Extensions = new(
        from name in (string[])
        [
            "Configuration", "Configuration.Abstractions", "Configuration.Binder", "Configuration.CommandLine",
            "Configuration.EnvironmentVariables", "Configuration.FileExtensions", "Configuration.Json", "Configuration.UserSecrets",
            "DependencyInjection", "DependencyInjection.Abstractions", "Diagnostics", "Diagnostics.Abstractions",
            "FileProviders.Abstractions", "FileProviders.Physical", "FileSystemGlobbing", "Hosting", "Hosting.Abstractions",
            "Logging", "Logging.Abstractions", "Logging.Configuration", "Logging.Console", "Logging.Debug", "Logging.EventLog",
            "Logging.EventSource", "Options", "Options.ConfigurationExtensions", "Primitives",
        ]
        select $"Microsoft.Extensions.{name}.dll",
        StringComparer.Ordinal);

    private readonly bool _usesAspNetCore;
    private readonly IReadOnlyList<string> _linked;

    public AzureBuild(string appFolder)
    {
        AppFolder = appFolder;
        var project = XDocument.Load(Directory.GetFiles(appFolder, "*.csproj").Single());
        var lists = Included(project, "PackageReference")
            .SelectMany(package => ListsOfPackage.GetValueOrDefault(package, []))
            .ToHashSet(StringComparer.Ordinal);
        Lists = [.. SurfaceList.All.Where(list => lists.Contains(list.Name))];
        _linked = [.. Included(project, "Compile")];
        _usesAspNetCore = Included(project, "FrameworkReference").Contains(AspNetCore, StringComparer.Ordinal);
    }

    public string AppFolder { get; }

    /// <summary>The lists of the packages that the app's project names.</summary>
    public IReadOnlyList<SurfaceList> Lists { get; }

    /// <summary>The app's C# files: its own, and those that its project links.</summary>
    public IReadOnlyList<string> Sources =>
        [.. Directory.EnumerateFiles(AppFolder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(AppFolder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Concat(_linked.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(AppFolder, Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern))))
            .Order(StringComparer.Ordinal)];

    /// <summary>
    /// The frameworks and restorable packages that the real build has too. The worker packages bring the generic host's
    /// <c>Microsoft.Extensions.*</c>; ASP.NET Core itself only counts if the app's project asks for it.
    /// </summary>
    public IReadOnlyList<string> References(DotnetSdk sdk) =>
    [
        .. sdk.ReferenceAssemblies(NetCore),
        .. sdk.ReferenceAssemblies(AspNetCore).Where(path => _usesAspNetCore || IsExtension(path)),
        .. AzureCore.Value,
    ];

    /// <summary>Everything that a list can mention, for compiling the reference assembly itself.</summary>
    public static IReadOnlyList<string> EveryReference(DotnetSdk sdk) =>
        [.. sdk.ReferenceAssemblies(NetCore), .. sdk.ReferenceAssemblies(AspNetCore), .. AzureCore.Value];

    public static IReadOnlyList<string> Generators(DotnetSdk sdk) => [.. sdk.Generators(NetCore), .. sdk.Generators(AspNetCore)];

    /// <summary>The Azure packages that every registry has, and what they need beyond the framework.</summary>
    private static Lazy<IReadOnlyList<string>> AzureCore { get; } = new(() =>
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        Queue<string> names = new(["Azure.Core", "Azure.Data.Tables", "Azure.Identity"]);
        while (names.TryDequeue(out var name))
        {
            var path = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
            if (File.Exists(path) && found.TryAdd(name, path))
            {
                foreach (var dependency in Assembly.Load(name).GetReferencedAssemblies())
                {
                    names.Enqueue(dependency.Name!);
                }
            }
        }

        return [.. found.Values];
    });

    private static IEnumerable<string> Included(XDocument project, string item) =>
        from reference in project.Descendants(item)
        where !reference.AncestorsAndSelf().Any(element => element.Attribute("Condition")?.Value.Contains("'Embedded'", StringComparison.Ordinal) == true)
        select reference.Attribute("Include")?.Value ?? "";

    private static bool IsExtension(string path) => Extensions.Contains(Path.GetFileName(path));
}
