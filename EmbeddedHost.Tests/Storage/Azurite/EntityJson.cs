using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Entities in the service's JSON: a type that JSON lacks stands beside its property, as <c>Name@odata.type</c>.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private const string DoubleType = "Edm.Double";
    private const string ETag = "odata.etag";

    public static string Write(TableEntity entity)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in entity)
            {
                if (value is not null && name is not (ETag or nameof(TableEntity.Timestamp)))
                {
                    Write(json, name, value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static TableEntity Read(JsonElement json)
    {
        var entity = new TableEntity();
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == ETag)
            {
                entity.ETag = new Azure.ETag(property.Value.GetString()!);
            }
            else if (!property.Name.Contains("odata.", StringComparison.Ordinal))
            {
                var type = json.TryGetProperty(property.Name + TypeSuffix, out var given) ? given.GetString() : null;
                entity[property.Name] = Value(property.Value, property.Name == nameof(TableEntity.Timestamp) ? "Edm.DateTime" : type);
            }
        }

        return entity;
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteString(name + TypeSuffix, DoubleType);
                json.WriteNumber(name, number);
                break;
            default:
                var (type, form) = Typed(value);
                json.WriteString(name + TypeSuffix, type);
                json.WriteString(name, form);
                break;
        }
    }

    private static (string Type, string Form) Typed(object value) => value switch
    {
        long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
        // JSON has no number for these: they travel by name.
        double notFinite => (DoubleType, notFinite.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset time => ("Edm.DateTime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        DateTime time => ("Edm.DateTime", time.ToString("O", CultureInfo.InvariantCulture)),
        Guid guid => ("Edm.Guid", guid.ToString()),
        byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
        BinaryData data => ("Edm.Binary", Convert.ToBase64String(data)),
        _ => throw new NotSupportedException($"The contract holds no value of type {value.GetType().Name}."),
    };

    private static object? Value(JsonElement json, string? type) => (json.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (_, "Edm.Int64") => long.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (JsonValueKind.String, DoubleType) => double.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (_, "Edm.DateTime") => DateTimeOffset.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (_, "Edm.Guid") => json.GetGuid(),
        (_, "Edm.Binary") => json.GetBytesFromBase64(),
        (JsonValueKind.String, _) => json.GetString(),
        (JsonValueKind.True or JsonValueKind.False, _) => json.GetBoolean(),
        // A number with a point or an exponent is a double, as in the service's documentation.
        _ => type is null && json.TryGetInt32(out var number) ? (object)number : json.GetDouble(),
    };
}
