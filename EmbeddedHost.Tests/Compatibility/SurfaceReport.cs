using System.Text;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Counts, for each real assembly, how much of its public surface the embedded host has.</summary>
public static class SurfaceReport
{
    /// <summary>One entry for each list, in the order of their names.</summary>
    public static IReadOnlyList<SurfaceCoverage> Read()
    {
        var throwing = new ThrowingMembers(MirroredSurface.Host);
        var exposed = MirroredSurface.Read().ToDictionary(member => member.Line, member => throwing.Contains(member.Source));
        return [.. SurfaceList.All.Select(list => Cover(list, exposed))];
    }

    /// <summary>The counts as a table, then the members that only throw.</summary>
    public static string Print(IReadOnlyCollection<SurfaceCoverage> coverage)
    {
        var text = new StringBuilder().AppendLine($"{"assembly",-56} {"types",9} {"members",11}");
        foreach (var row in coverage)
        {
            text.AppendLine($"{row.Assembly,-56} {$"{row.Types}/{row.ListedTypes}",9} {$"{row.Members}/{row.ListedMembers}",11}");
        }

        var types = $"{coverage.Sum(row => row.Types)}/{coverage.Sum(row => row.ListedTypes)}";
        var members = $"{coverage.Sum(row => row.Members)}/{coverage.Sum(row => row.ListedMembers)}";
        text.AppendLine($"{"all",-56} {types,9} {members,11}");
        foreach (var line in coverage.SelectMany(row => row.Throwing))
        {
            text.AppendLine($"only throws, counted as missing: {line}");
        }

        return text.ToString();
    }

    private static SurfaceCoverage Cover(SurfaceList list, Dictionary<SurfaceLine, bool> exposed)
    {
        var types = list.Lines.Where(line => line.Kind == "type").ToList();
        var members = list.Lines.Except(types).ToList();
        return new SurfaceCoverage(
            list.Name,
            types.Count(exposed.ContainsKey),
            types.Count,
            members.Count(line => exposed.TryGetValue(line, out var onlyThrows) && !onlyThrows),
            members.Count,
            [.. list.Lines.Where(line => !exposed.ContainsKey(line)).Select(line => line.ToString())],
            [.. members.Where(line => exposed.TryGetValue(line, out var onlyThrows) && onlyThrows).Select(line => line.ToString())]);
    }
}
