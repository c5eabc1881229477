using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrderSagaFunctions.OpenApi;

/// <summary>
/// The schemas of what the app answers, made of the types that it serialises: a schema for each record and each enumeration,
/// which refer to each other by name. A field is required where it is always written.
/// </summary>
internal sealed class AnswerSchemas
{
    /// <summary>Where a document has its schemas.</summary>
    public const string Place = "#/components/schemas/";

    private readonly XmlTexts _texts;
    private readonly JsonSchemaExporterOptions _options;

    /// <summary>Makes schemas whose descriptions are the types' comments.</summary>
    public AnswerSchemas(XmlTexts texts)
    {
        _texts = texts;
        _options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
    }

    /// <summary>The schemas so far, by name.</summary>
    public SortedDictionary<string, JsonNode> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds the schema of a type and of all that it holds.</summary>
    public void Add(Type type) => _ = AppJson.Options.GetJsonSchemaAsNode(type, _options);

    /// <summary>Called for each part of a schema, the inner ones first.</summary>
    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        // Of any JSON the exporter says 'true', which the model does not read.
        if (schema is not JsonObject part)
        {
            part = [];
        }

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = context.PropertyInfo is { IsGetNullable: true } property && IsAlwaysWritten(property);
        if (type.IsEnum)
        {
            Named[type.Name] = EnumOf(type);
            return Refer(type.Name, isNullable);
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            // What the exporter has met before, it refers to by its place.
            if (part["$ref"] is null)
            {
                Named[type.Name] = ObjectOf(context.TypeInfo, part);
            }

            return Refer(type.Name, isNullable);
        }

        if (!isNullable && part["type"] is JsonArray types)
        {
            part["type"] = types.First(static name => name!.GetValue<string>() != "null")!.DeepClone();
        }

        return part;
    }

    private JsonObject EnumOf(Type type)
    {
        var names = Enum.GetNames(type);
        var texts = names.Select(name => (Name: name, Text: _texts.Of(type.GetField(name)!))).Where(static value => value.Text is not null);
        return new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]),
            ["description"] = string.Join(' ', [_texts.Of(type), .. texts.Select(static value => $"{value.Name}: {value.Text}")]).Trim(),
        };
    }

    private JsonObject ObjectOf(JsonTypeInfo type, JsonObject exported)
    {
        var properties = new JsonObject();
        var written = type.Properties.Where(property => exported["properties"]?[property.Name] is not null).ToList();
        foreach (var property in written)
        {
            // A schema that says nothing is written as true, and takes no description.
            var schema = exported["properties"]![property.Name]!.DeepClone();
            if (schema is JsonObject described && property.AttributeProvider is PropertyInfo member && _texts.Of(member) is { } text)
            {
                described["description"] = text;
            }

            properties.Add(property.Name, schema);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = _texts.Of(type.Type),
            ["required"] = new JsonArray([.. written.Where(static property => !property.IsGetNullable || IsAlwaysWritten(property)).Select(static property => (JsonNode)property.Name)]),
            ["properties"] = properties,
        };
    }

    private static JsonObject Refer(string name, bool isNullable)
    {
        var reference = new JsonObject { ["$ref"] = Place + name };
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    // Nulls are left out unless a property says otherwise.
    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];
}
