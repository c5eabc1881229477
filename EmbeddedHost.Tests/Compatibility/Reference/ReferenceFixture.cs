namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>
/// Stand-ins for the real packages, compiled once for the tests that share them, and a way to compile an app
/// against them and nothing of the embedded host.
/// </summary>
public sealed class ReferenceFixture : IAsyncLifetime
{
    /// <summary>What <c>ImplicitUsings</c> means for Microsoft.NET.Sdk; the Functions worker's SDK adds none.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reference-compile-");
    private readonly DotnetSdk _sdk = DotnetSdk.Locate();
    private readonly CSharpCompiler _compiler;
    private string _implicitUsings = "";

    public ReferenceFixture() => _compiler = new CSharpCompiler(_sdk, _folder.FullName);

    internal AzureBuild Azure { get; } = new(Repository.Path("OrderSagaFunctions"));

    /// <summary>Every list in one assembly.</summary>
    internal ReferenceAssembly Everything { get; private set; } = null!;

    /// <summary>Only the lists of the packages that the app's Azure build refers to.</summary>
    internal ReferenceAssembly Packages { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Everything = await BuildAsync("Everything", SurfaceList.All);
        Packages = await BuildAsync("Packages", Azure.Lists);
        _implicitUsings = await _compiler.WriteSourceAsync("ImplicitUsings.cs", ImplicitUsings);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Compiles files as the app's Azure build would, and returns the compiler's errors.</summary>
    internal Task<IReadOnlyList<string>> CompileAsync(string name, IEnumerable<string> sources) =>
        _compiler.CompileAsync(new Compilation(name, [_implicitUsings, .. sources], [.. Azure.References(_sdk), Packages.Path])
        {
            IsExecutable = true,
            Generators = AzureBuild.Generators(_sdk),
        });

    /// <summary>The same for one file's text.</summary>
    internal async Task<IReadOnlyList<string>> CompileTextAsync(string name, string source) =>
        await CompileAsync(name, [await _compiler.WriteSourceAsync($"{name}.cs", source)]);

    private async Task<ReferenceAssembly> BuildAsync(string name, IReadOnlyList<SurfaceList> lists)
    {
        var references = AzureBuild.EveryReference(_sdk);
        var catalog = new TypeCatalog(lists.SelectMany(list => list.Lines), new FrameworkTypes(references));
        var source = ReferenceSource.Generate(catalog);
        var file = await _compiler.WriteSourceAsync($"{name}.cs", $"#nullable disable{Environment.NewLine}{source.Text}");
        var errors = await _compiler.CompileAsync(new Compilation(name, [file], references));
        return errors.Count == 0
            ? new ReferenceAssembly(_compiler.OutputPath(name), source)
            : throw new InvalidOperationException(
                $"The source generated from the surface lists does not compile:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
    }
}
