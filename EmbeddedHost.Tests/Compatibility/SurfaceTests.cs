using Xunit.Abstractions;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>What the embedded host exposes under the real packages' names is what the real packages have.</summary>
public sealed class SurfaceTests(ITestOutputHelper output)
{
    [Fact]
    public void MirroredSurface_AgainstTheLists_HasNothingThatTheRealPackagesLack()
    {
        var exposed = MirroredSurface.Read();
        var listed = SurfaceList.All.SelectMany(list => list.Lines).ToList();
        IReadOnlyList<string> offences = [.. SurfaceCheck.Offences(exposed, listed), .. SurfaceCheck.MissingDuties(exposed, listed)];

        Assert.NotEmpty(exposed);
        Assert.True(offences.Count == 0, $"{offences.Count} lines differ:{Environment.NewLine}{string.Join(Environment.NewLine, offences)}");
    }

    [Fact]
    public void SurfaceReport_OfTheEmbeddedHost_CountsEveryList()
    {
        var coverage = SurfaceReport.Read();
        output.WriteLine(SurfaceReport.Print(coverage));

        Assert.Equal(SurfaceList.All.Select(list => list.Name), coverage.Select(row => row.Assembly));
        Assert.All(coverage, row => Assert.Equal(row.ListedTypes + row.ListedMembers, row.Types + row.Members + row.Missing.Count + row.Throwing.Count));
    }
}
