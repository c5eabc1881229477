namespace EmbeddedHost.Tests.Testing;

public sealed class DocumentationTests
{
    [Fact]
    public void TestingGuide_ItsExample_IsATestThatRuns()
    {
        const string Fence = "```";
        var blocks = Read("testing.md").Split(Fence + "csharp\n");

        var example = blocks[1][..blocks[1].IndexOf(Fence, StringComparison.Ordinal)];

        Assert.Equal(Read("ExampleTests.cs"), example);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(DocumentationTests).Assembly.GetManifestResourceStream("Guide/" + name)!);
        return reader.ReadToEnd();
    }
}
