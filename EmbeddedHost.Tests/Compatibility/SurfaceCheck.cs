using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>Finds what a mirrored surface has and the real one has not.</summary>
internal static class SurfaceCheck
{
    /// <summary>
    /// One text for each exposed line that is in no list, with the listed lines of the same type and name.
    /// An override is not an offence: it adds nothing that source code could call.
    /// </summary>
    public static IReadOnlyList<string> Offences(IEnumerable<SurfaceMember> exposed, IEnumerable<SurfaceLine> listed)
    {
        var lines = listed.ToList();
        var allowed = lines.Concat(WithoutUnlistedInterfaces(lines)).ToHashSet();
        return [.. exposed
            .Where(member => !allowed.Contains(member.Line) && !IsOverride(member.Source))
            .Select(member => Describe(member.Line, allowed))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The listed abstract members that an exposed type lacks: a class that derives from it would compile here
    /// and leave them unimplemented on the real packages.
    /// </summary>
    public static IReadOnlyList<string> MissingDuties(IReadOnlyCollection<SurfaceMember> exposed, IEnumerable<SurfaceLine> listed)
    {
        var lines = exposed.Select(member => member.Line).ToHashSet();
        var types = lines.Where(line => line.Kind == "type").Select(line => line.Type).ToHashSet(StringComparer.Ordinal);
        return [.. listed
            .Where(line => line.Kind is "method" or "property" && types.Contains(line.Type) && !lines.Contains(line))
            .Where(line => MemberShape.Parse(line.Shape).Is("abstract"))
            .Select(line => $"missing: {line}")];
    }

    /// <summary>
    /// The lines of types as they read without interfaces that the lists name and do not describe: such an interface
    /// cannot be mirrored, and what lacks it can be used in fewer places, not in more.
    /// </summary>
    private static IEnumerable<SurfaceLine> WithoutUnlistedInterfaces(IReadOnlyList<SurfaceLine> listed)
    {
        const string Unlisted = ", DurableTask.Core.ISupportsDurableTraceContext";
        return listed.Where(line => line.Kind == "type").Select(line => line with { Shape = line.Shape.Replace(Unlisted, "", StringComparison.Ordinal) });
    }

    private static string Describe(SurfaceLine line, HashSet<SurfaceLine> listed)
    {
        var ofType = listed.Where(candidate => candidate.Type == line.Type).ToList();
        var nearest = ofType.Where(candidate => candidate.Kind == line.Kind && candidate.Name == line.Name).ToList();
        IEnumerable<string> expected = (ofType.Count, nearest.Count) switch
        {
            (0, _) => ["no list has this type: make it internal, or give it a namespace of our own"],
            (_, 0) => [$"the type has no {line.Kind} of this name: make it internal or private"],
            _ => nearest.Select(candidate => candidate.ToString()),
        };
        return $"exposed: {line}{string.Concat(expected.Select(text => $"{Environment.NewLine}   list: {text}"))}";
    }

    private static bool IsOverride(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetBaseDefinition() != method,
        PropertyInfo property => property.GetAccessors(nonPublic: true).All(IsOverride),
        _ => false,
    };
}
