using System.Reflection;
using System.Xml.Linq;
using Sagas;

namespace OrderSagaFunctions.OpenApi;

/// <summary>
/// The summaries of the code's own comments, from the files that the build puts beside the assemblies: what a field means is
/// written once. Where a file is missing, fields have no descriptions.
/// </summary>
internal sealed class XmlTexts
{
    private readonly Dictionary<string, XElement> _summaries = Load();

    /// <summary>The summary of a type, a property or a field as plain text; null where it has none.</summary>
    public string? Of(MemberInfo member)
    {
        var id = member switch
        {
            Type type => $"T:{NameOf(type)}",
            PropertyInfo => $"P:{NameOf(member.DeclaringType!)}.{member.Name}",
            _ => $"F:{NameOf(member.DeclaringType!)}.{member.Name}",
        };
        return _summaries.TryGetValue(id, out var summary)
            ? string.Join(' ', string.Concat(summary.Nodes().Select(TextOf)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    private static Dictionary<string, XElement> Load()
    {
        var paths = ((Assembly[])[typeof(XmlTexts).Assembly, typeof(SagaDefinition).Assembly])
            .Select(static assembly => Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
        return paths.Where(File.Exists).SelectMany(static path => XDocument.Load(path).Descendants("member"))
            .Where(static member => member.Element("summary") is not null)
            .DistinctBy(static member => member.Attribute("name")!.Value, StringComparer.Ordinal)
            .ToDictionary(static member => member.Attribute("name")!.Value, static member => member.Element("summary")!, StringComparer.Ordinal);
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } cref => cref.Value[(cref.Value.LastIndexOfAny(['.', ':']) + 1)..],
        XElement element when element.Attribute("name") is { } name => name.Value,
        XElement element => element.Value,
        _ => string.Empty,
    };
}
