using EmbeddedHost.Tests.Package;

namespace Sagas.Tests.Package;

/// <summary>The packages that the guide's app takes: the kit, and the host that runs it.</summary>
public sealed class PackedSagas() : PackedProjects(
    new Dictionary<string, string>(StringComparer.Ordinal) { ["EmbeddedHost"] = HostId, ["Sagas"] = Id })
{
    /// <summary>What an app names in its <c>PackageReference</c>.</summary>
    public const string Id = "DurableFunctions.Sagas";

    private const string HostId = "DurableFunctions.EmbeddedHost";
}
