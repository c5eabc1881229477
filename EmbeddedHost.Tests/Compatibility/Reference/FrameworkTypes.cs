using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>The public top-level types of a set of assemblies, read without loading them.</summary>
internal sealed class FrameworkTypes
{
    private readonly Dictionary<string, string> _assemblyByType = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public FrameworkTypes(IEnumerable<string> assemblyPaths)
    {
        foreach (var path in assemblyPaths)
        {
            using var file = new PEReader(File.OpenRead(path));
            var metadata = file.GetMetadataReader();
            foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            {
                if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
                {
                    var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
                    _assemblyByType[name] = Path.GetFileNameWithoutExtension(path);
                    _names.Add(name.Split('`')[0]);
                }
            }
        }
    }

    /// <summary>Whether a type of this name exists, whatever its number of type parameters.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>The type itself, as the running framework has it; null where there is none.</summary>
    public Type? Find(string name, int arity)
    {
        var metadataName = arity == 0 ? name : $"{name}`{arity}";
        return _assemblyByType.TryGetValue(metadataName, out var assembly)
            ? Assembly.Load(assembly).GetType(metadataName, throwOnError: true)
            : null;
    }
}
