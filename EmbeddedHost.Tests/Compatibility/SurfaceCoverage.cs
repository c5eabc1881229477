namespace EmbeddedHost.Tests.Compatibility;

/// <summary>How much of one real assembly's public surface the embedded host has.</summary>
/// <param name="Assembly">The real assembly's name.</param>
/// <param name="Types">Types that the host has, of <paramref name="ListedTypes"/>.</param>
/// <param name="ListedTypes">Types that the real assembly has.</param>
/// <param name="Members">Members that the host has and that do more than throw, of <paramref name="ListedMembers"/>.</param>
/// <param name="ListedMembers">Members that the real assembly has.</param>
/// <param name="Missing">The listed lines that the host lacks.</param>
/// <param name="Throwing">The listed lines that the host declares but that only throw.</param>
public sealed record SurfaceCoverage(
    string Assembly,
    int Types,
    int ListedTypes,
    int Members,
    int ListedMembers,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Throwing);
