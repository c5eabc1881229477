using System.Reflection;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The part of the embedded host that stands in for the real packages.</summary>
internal static class MirroredSurface
{
    private static readonly string[] Namespaces = ["Microsoft", "Azure", "DurableTask"];

    public static Assembly Host { get; } = Assembly.Load("EmbeddedHost");

    /// <summary>Every type and member that the host exposes under a name of the real packages.</summary>
    public static IReadOnlyList<SurfaceMember> Read() => SurfaceWriter.Write(Host, IsMirrored);

    private static bool IsMirrored(string name) => Namespaces.Contains(name.Split('.')[0], StringComparer.Ordinal);
}
