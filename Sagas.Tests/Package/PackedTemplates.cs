using EmbeddedHost.Tests.Package;

namespace Sagas.Tests.Package;

/// <summary>The templates, and the packages that what they make takes.</summary>
public sealed class PackedTemplates() : PackedProjects(new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["EmbeddedHost"] = "DurableFunctions.EmbeddedHost",
    ["Sagas"] = PackedSagas.Id,
    ["templates"] = Id,
})
{
    /// <summary>What people install.</summary>
    public const string Id = "DurableFunctions.Templates";
}
