using System.Reflection;
using System.Xml.Linq;

namespace OrderSagaFunctions.OpenApi;

/// <summary>
/// The summaries of the code's own comments, from the file that the build puts beside the assembly: what a field means is
/// written once. Where the file is missing, fields have no descriptions.
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
        var path = Path.Combine(AppContext.BaseDirectory, $"{typeof(XmlTexts).Assembly.GetName().Name}.xml");
        return !File.Exists(path) ? [] : XDocument.Load(path).Descendants("member")
            .Where(static member => member.Element("summary") is not null)
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
