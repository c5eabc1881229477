using EmbeddedHost.Tests.Compatibility;

namespace Sagas.Tests.Architecture;

public sealed class FolderCirclesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kit_ItsFolders_HaveNoCircle(bool includesRoot)
    {
        var circles = FolderCircles.Of(Repository.Path("Sagas"), "Sagas", includesRoot);

        Assert.True(circles.Count == 0, string.Join(Environment.NewLine, circles));
    }

    [Theory]
    [InlineData("using App.B;", "")]
    [InlineData("using static App.B.Y;", "")]
    [InlineData("using Short = App.B.Y;", "")]
    [InlineData("", "private App.B.Deep.Y _y;")]
    public void Of_TwoFoldersThatNameEachOther_IsACircleWithItsFiles(string usings, string code)
    {
        var circles = FolderCircles.Of([File("A", "X", usings, code), File("B.Deep", "Y", "using App.A;")], "App");

        Assert.Equal(["A -> B (A/X.cs) -> A (B.Deep/Y.cs)"], circles);
    }

    [Fact]
    public void Of_CircleOfThree_IsToldOnce()
    {
        var circles = FolderCircles.Of([File("C", "Z", "using App.A;"), File("A", "X", "using App.B;"), File("B", "Y", "using App.C;")], "App");

        Assert.Equal(["A -> B (A/X.cs) -> C (B/Y.cs) -> A (C/Z.cs)"], circles);
    }

    [Theory]
    [InlineData("// using App.A;")]
    [InlineData("using Other.App.A;")]
    [InlineData("using AppA;")]
    public void Of_FolderThatIsNotNamed_IsNoDependency(string other) =>
        Assert.Empty(FolderCircles.Of([File("A", "X", "using App.B;"), File("B", "Y", other)], "App"));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Of_RootThatIsSeenWithoutAName_CountsIfToldSo(bool includesRoot, int expected) =>
        Assert.Equal(expected, FolderCircles.Of([File("A", "X", "", "private Core _core;"), ("Core.cs", "using App.A;\nnamespace App;\nclass Core;")], "App", includesRoot).Count);

    [Fact]
    public void Of_FolderThatAGlobalUsingShows_IsADependencyOfWhoNamesItsTypes()
    {
        var circles = FolderCircles.Of([File("A", "X", "", "private Y _y;"), File("B", "Y", "using App.A;"), ("Usings.cs", "global using App.B;")], "App");

        Assert.Equal(["A -> B (A/X.cs) -> A (B/Y.cs)"], circles);
    }

    [Fact]
    public void Of_NamespaceThatNoFileHas_IsAnError() =>
        Assert.Throws<InvalidOperationException>(() => FolderCircles.Of([File("A", "X", "")], "Another"));

    private static (string Path, string Text) File(string folder, string type, string usings, string code = "") =>
        ($"{folder}/{type}.cs", $"{usings}\nnamespace App.{folder};\n\nclass {type} {{ {code} }}\n");
}
