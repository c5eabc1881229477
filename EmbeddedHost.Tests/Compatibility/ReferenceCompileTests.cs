using System.Runtime.Loader;
using EmbeddedHost.Tests.Compatibility.Reference;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The app compiles against the real packages' surface alone, so that a call which they lack fails here.</summary>
public sealed class ReferenceCompileTests(ReferenceFixture reference) : IClassFixture<ReferenceFixture>
{
    /// <summary>Types of packages behind the listed ones, which no function app names.</summary>
    private static readonly string[] KnownUnlistedTypes =
    [
        "DurableTask.Core.Entities.EntityId",
        "DurableTask.Core.Entities.TaskEntity",
        "DurableTask.Core.IExceptionPropertiesProvider",
        "DurableTask.Core.ISupportsDurableTraceContext",
        "DurableTask.Core.OrchestrationRuntimeState",
        "DurableTask.Core.OrchestrationState",
        "DurableTask.Core.TaskActivity",
        "DurableTask.Core.TaskOrchestration",
        "DurableTask.Core.TaskOrchestrationExecutor",
    ];

    [Fact]
    public async Task Compile_OfTheAppAgainstListsAlone_HasNoErrors() =>
        AssertNone(await reference.CompileAsync("App", reference.Azure.Sources));

    [Fact]
    public async Task Compile_OfATypicalApp_HasNoErrors() =>
        AssertNone(await reference.CompileTextAsync("Sample", SampleApp.Source));

    [Fact]
    public async Task Compile_OfCallsThatTheRealPackagesLack_FailsOnEach()
    {
        var errors = await reference.CompileTextAsync("Wrong", SampleApp.CallsThatTheRealPackagesLack);

        Assert.Collection(
            errors,
            error => Assert.Matches("CS1061.*MadeUpAsync", error),
            error => Assert.Matches("CS0103.*EmbeddedHost", error),
            error => Assert.Matches("CS0200.*InstanceId", error),
            error => Assert.Matches("CS0144.*TaskOrchestrationContext", error));
    }

    [Fact]
    public void ReferenceAssembly_ReadBack_HasExactlyWhatTheListsSay()
    {
        var context = new AssemblyLoadContext(nameof(ReferenceCompileTests), isCollectible: true);
        var assembly = context.LoadFromAssemblyPath(reference.Everything.Path);
        var readBack = SurfaceWriter.Write(assembly, _ => true).Select(member => member.Line).ToHashSet();
        var listed = SurfaceList.All.SelectMany(list => list.Lines).Except(reference.Everything.Source.Skipped).ToHashSet();
        context.Unload();

        Assert.Contains(listed, line => line is { Type: "Microsoft.DurableTask.TaskOrchestrationContext", Name: "CallActivityAsync" });
        AssertNone(listed.Except(readBack));
        AssertNone(readBack.Except(listed).Except(TypesWithoutAnInterface()));
    }

    [Fact]
    public void ReferenceAssembly_SkippedTypes_AreTheKnownOnes() =>
        Assert.Equal(KnownUnlistedTypes, reference.Everything.Source.UnknownTypes);

    // The whole text, which Assert.Empty would cut short.
    private static void AssertNone(IEnumerable<object> items)
    {
        var text = string.Join(Environment.NewLine, items);
        Assert.True(text.Length == 0, text);
    }

    /// <summary>The lines of types that are declared, but without an interface that no list has.</summary>
    private IEnumerable<SurfaceLine> TypesWithoutAnInterface() =>
        from line in reference.Everything.Source.Skipped
        where line.Kind == "type"
        let parts = line.Shape.Split(" : ", 2)
        let known = ListText.Split(parts[1]).Except(KnownUnlistedTypes, StringComparer.Ordinal).ToList()
        select line with { Shape = known.Count == 0 ? parts[0] : $"{parts[0]} : {string.Join(", ", known)}" };
}
