using System.Reflection;
using Sagas.Drawing;
using Trips;

namespace Sagas.Tests.Guide;

public sealed class GuideTests
{
    private const string Guide = "Guide/write-a-saga.md";
    private const string Fence = "```";

    [Fact]
    public void Guide_EachBlockOfItsCode_IsInAFileThatTheTestsRun()
    {
        var code = typeof(GuideTests).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith("Guide/", StringComparison.Ordinal) && name != Guide)
            .Select(static name => Flat(Read(name)))
            .ToList();

        // The first is the Program.
        var blocks = Read(Guide).Split(Fence + "csharp\n").Skip(2).Select(static rest => Flat(rest[..rest.IndexOf(Fence, StringComparison.Ordinal)])).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(code, file => file.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public void Guide_Graph_IsThatOfTheDeclaration() =>
        Assert.Contains($"{Fence}mermaid\n{MermaidDrawing.Of(SagaGraph.Of(TripSaga.Definition)).Trim()}\n{Fence}", Read(Guide), StringComparison.Ordinal);

    // A block of the guide is not indented as in its file.
    private static string Flat(string text) => string.Join('\n', text.Trim().Split('\n').Select(static line => line.Trim()));

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
